"""Every action once: its id, its keys, its label in the footer and what it does.

Footer, `?`, the list behind `:`, the key reference and the tests read this list; screens make their bindings of it. A key has one
meaning wherever it works. Ids are what `[keymap]` in the configuration names.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from pmo_tui.records.marks import N_

EVERYWHERE, MOVE, LIST, RECORD, FORM = "everywhere", "move", "list", "record", "form"
STATUS_FORM, PAGE, LETTERS, IMPORT = "status_form", "page", "letters", "import"
WIDE = (EVERYWHERE, MOVE)
"""Parts that work together with every other."""
PAGES = ("today",)
"""Pages of lines that are narrowed and copied from as lists are."""


class Action(Struct, frozen=True):
    """One action. `where` is the part of the program it works in: everywhere, a kind of screen, or one screen by its name; in the parts
    of `also` it works too, as `OTHERWISE` says.

    `help` may have the ids of other actions in braces, for their keys.

    `footer` ranks it among the at most eight keys at the foot of a screen, 0 keeps it out.
    """

    id: str
    keys: tuple[str, ...]
    label: str
    help: str
    where: str = EVERYWHERE
    footer: int = 0
    also: tuple[str, ...] = ()

    def part_in(self, parts: Sequence[str]) -> str | None:
        """The first of some parts of the program in which it works; None where it works in none of them."""
        return next((part for part in parts if part == self.where or part in self.also), None)


SCREENS: tuple[tuple[str, str, str], ...] = (
    ("today", "1", N_("Today")),
    ("status", "2", N_("Status")),
    ("planning", "3", N_("Planning")),
    ("risks", "4", N_("Risks")),
    ("invoices", "5", N_("Invoices")),
    ("resources", "6", N_("Resources")),
    ("portfolio", "7", N_("Portfolio")),
    ("registers", "8", N_("Registers")),
    ("reports", "9", N_("Reports and outbox")),
)
"""The screens: name, digit, title."""

_SCREEN_HELP: Mapping[str, str] = {
    "today": N_("shows what is late, due and changed since you were last here"),
    "status": N_("shows who has reported, and takes status updates down"),
    "planning": N_("shows plans as outline and Gantt"),
    "risks": N_("shows risks, issues, actions and decisions, with the heat map"),
    "invoices": N_("shows invoices beside order, receipts and what is left"),
    "resources": N_("shows people against weeks: who has how much, and requests"),
    "portfolio": N_("shows every project, exceptions first, and the sums"),
    "registers": N_("shows every register and list"),
    "reports": N_("shows the pages of reports, issued ones, and messages to send"),
}

ACTIONS: tuple[Action, ...] = (
    *(Action(f"screen_{name}", (digit,), title, _SCREEN_HELP[name]) for name, digit, title in SCREENS),
    Action("palette", ("colon",), N_("Action"), N_("finds any action, register or record by name"), footer=70),
    Action(
        "help",
        ("question_mark", "f1"),
        N_("Help"),
        N_("explains the screen: its keys, its fields, what a figure means"),
        footer=80,
    ),
    Action("goto", ("g",), N_("Go to"), N_("opens a record by key, code or name")),
    Action("scope", ("at",), N_("Scope"), N_("narrows every screen to a node of the tree, @me or @mine")),
    Action(
        "capture",
        ("exclamation_mark",),
        N_("Capture"),
        N_("takes down a risk, issue, action or decision in one line: !r !i !a !d"),
    ),
    Action("undo", ("u",), N_("Undo"), N_("takes back your own last change")),
    Action("redo", ("U",), N_("Redo"), N_("takes the last undo back")),
    Action("import_file", ("I",), N_("Import"), N_("takes a file in, after showing what it would change")),
    Action("recent", ("H",), N_("Journal"), N_("shows who changed what, newest first")),
    Action("back", ("escape",), N_("Back"), N_("goes back to where you were")),
    Action("ask_quit", ("q",), N_("Quit"), N_("leaves the program, after asking")),
    Action("quit", ("ctrl+q",), N_("Quit now"), N_("leaves the program at once; half-filled forms are kept")),
    Action("tour", ("f6",), N_("Tour"), N_("shows you round in two minutes, key by key")),
    Action(
        "theme",
        ("f8",),
        N_("Theme"),
        N_("chooses other colours, and keeps them: high contrast, colour-blind, the terminal's own"),
    ),
    Action(
        "go_back",
        ("alt+left", "left_parenthesis"),
        N_("Place before"),
        N_("goes back to the list, record or page where you were before"),
    ),
    Action("go_forth", ("alt+right", "right_parenthesis"), N_("Place after"), N_("goes forth again after that")),
    Action(
        "time_travel",
        ("ctrl+t",),
        N_("As known on"),
        N_("shows everything as it was known on another day, and goes back to today"),
    ),
    Action("picture", ("ctrl+p",), N_("Picture"), N_("saves the screen as it is as a picture: SVG")),
    Action(
        "picture_alone",
        ("f9",),
        N_("Drawing"),
        N_("saves the drawing alone, without the frame: Gantt, heat map, bars, sheet"),
    ),
    Action("redraw", ("ctrl+l",), N_("Redraw"), N_("paints the whole screen again")),
    # the cursor
    Action("up", ("up",), N_("Up"), N_("a line up"), MOVE),
    Action("down", ("down",), N_("Down"), N_("a line down"), MOVE),
    Action("left", ("left",), N_("Left"), N_("a column to the left"), MOVE),
    Action("right", ("right",), N_("Right"), N_("a column to the right"), MOVE),
    Action("page_up", ("pageup",), N_("Page up"), N_("a page up"), MOVE),
    Action("page_down", ("pagedown",), N_("Page down"), N_("a page down"), MOVE),
    Action("first", ("home",), N_("First line"), N_("to the first line"), MOVE),
    Action("last", ("end",), N_("Last line"), N_("to the last line"), MOVE),
    # lists
    Action("open", ("enter",), N_("Open"), N_("opens the record"), LIST, 10),
    Action("new", ("n",), N_("New"), N_("adds a record"), LIST, 20),
    Action("edit", ("e",), N_("Edit"), N_("changes the record, or all marked ones in one field"), LIST, 30),
    Action(
        "delete", ("d",), N_("Delete"), N_("deletes the record, or the marked ones; undo brings them back"), LIST, 40
    ),
    Action(
        "filter",
        ("slash",),
        N_("Filter"),
        N_("narrows the list by the fields that stand below: owner:jan -status:closed"),
        LIST,
        50,
        PAGES,
    ),
    Action(
        "sort", ("s",), N_("Sort"), N_("sorts by the column under the cursor; again: the other way round"), LIST, 60
    ),
    Action(
        "view",
        ("v",),
        N_("View"),
        N_(
            "shows the views of the list, yours and everybody's, to take one or to keep this one: filter, order, columns, groups"
        ),
        LIST,
    ),
    Action("columns", ("vertical_line",), N_("Columns"), N_("chooses columns, their order and their widths"), LIST),
    Action("group", ("G",), N_("Group"), N_("puts rows with the same value together, with what they add up to"), LIST),
    Action(
        "own_look",
        ("0",),
        N_("By itself"),
        N_("shows the list as it comes by itself: no filter, its own order and columns"),
        LIST,
    ),
    Action("mark", ("space",), N_("Mark"), N_("marks the row, or takes the mark off"), LIST),
    Action("mark_range", ("V",), N_("Mark range"), N_("marks every row from the last marked one to here"), LIST),
    Action(
        "mark_all", ("asterisk",), N_("Mark all"), N_("marks all that the filter shows, or takes all marks off"), LIST
    ),
    Action("export", ("x",), N_("Export"), N_("writes the list to a file: CSV, XLSX, or a calendar"), LIST),
    Action(
        "copy",
        ("y",),
        N_("Copy"),
        N_("sends the row, or the marked rows, to the terminal's clipboard"),
        LIST,
        also=PAGES,
    ),
    Action(
        "copy_as",
        ("ctrl+y",),
        N_("Copy as"),
        N_(
            "sends the cell, or the rows as text, as a block for a spreadsheet or as Markdown, to the terminal's clipboard"
        ),
        LIST,
    ),
    Action("why", ("w",), N_("Why"), N_("says where the figure under the cursor comes from"), LIST),
    Action("history", ("h",), N_("History"), N_("shows who changed the record, when, from what to what"), LIST),
    Action("frequency", ("F",), N_("Frequency"), N_("counts the values of the column under the cursor"), LIST),
    Action(
        "edit_cell",
        ("f2",),
        N_("Edit cell"),
        N_("changes the one field under the cursor, of the row or of all marked rows"),
        LIST,
    ),
    Action(
        "fill", ("quotation_mark",), N_("Ditto"), N_("puts the value of the cursor's cell into the marked rows"), LIST
    ),
    Action(
        "paste",
        ("p",),
        N_("Paste"),
        N_(
            "takes a block of cells from a spreadsheet, after showing what changes; the terminal's own paste does so too"
        ),
        LIST,
    ),
    Action("repeat", ("full_stop",), N_("Repeat"), N_("does the last change again, on this row"), LIST),
    Action(
        "message",
        ("O",),
        N_("Outbox"),
        N_("prepares one message a person about the marked rows, for your own mail program to send"),
        LIST,
    ),
    # the views of a list
    Action("take_view", ("enter",), N_("Take"), N_("looks at the list so"), "views", 10),
    Action("keep_own", ("n",), N_("Keep for me"), N_("keeps the list as it is now under a name"), "views", 20),
    Action(
        "keep_shared",
        ("N",),
        N_("For everybody"),
        N_("keeps the list as it is now under a name, for everybody here"),
        "views",
        30,
    ),
    Action("rename_view", ("e",), N_("Rename"), N_("gives the view another name"), "views", 40),
    Action(
        "share_view",
        ("S",),
        N_("Share or not"),
        N_("makes a view of yours one for everybody, or one for everybody yours alone"),
        "views",
        50,
    ),
    Action(
        "forget_view",
        ("d",),
        N_("Forget"),
        N_("forgets the view; undo brings back one that was for everybody"),
        "views",
        60,
    ),
    # the columns of a list
    Action(
        "take_columns",
        ("enter", "f2"),
        N_("Take"),
        N_("shows the list with these columns; esc leaves it as it was"),
        "columns",
        10,
    ),
    Action("choose_column", ("space",), N_("Show or not"), N_("shows the column, or leaves it out"), "columns", 20),
    Action(
        "column_earlier",
        ("K", "shift+up", "shift+left"),
        N_("To the left"),
        N_("moves the column to the left"),
        "columns",
        30,
    ),
    Action(
        "column_later",
        ("J", "shift+down", "shift+right"),
        N_("To the right"),
        N_("moves the column to the right"),
        "columns",
        40,
    ),
    Action(
        "by_content",
        ("equals_sign",),
        N_("By content"),
        N_("makes the column as wide as what it holds, or as the list has it"),
        "columns",
        50,
    ),
    Action("wider", ("plus",), N_("Wider"), N_("makes the column wider by one"), "columns"),
    Action("narrower", ("minus",), N_("Narrower"), N_("makes the column narrower by one"), "columns"),
    Action("width", ("e",), N_("Width"), N_("sets how wide the column is"), "columns", 60),
    Action("own_columns", ("0",), N_("By itself"), N_("shows the columns as the list has them by itself"), "columns"),
    # status updates
    Action(
        "update",
        ("enter", "e"),
        N_("Update"),
        N_("takes down what the project manager declares, then the next that is missing"),
        "status",
        5,
    ),
    Action(
        "as_last",
        ("equals_sign",),
        N_("As last"),
        N_("copies last period's status into this one's, to be declared yet"),
        "status",
        7,
    ),
    Action("period_before", ("less_than_sign",), N_("Earlier"), N_("shows the period before"), "status", 15),
    Action("period_after", ("greater_than_sign",), N_("Later"), N_("shows the next period"), "status"),
    Action("show_page", ("P",), N_("Page"), N_("shows the report of the project, to be issued"), "status", 16),
    Action(
        "show_node_page",
        ("N",),
        N_("Node's page"),
        N_("shows the report of the node that is looked at, or that the project belongs to"),
        "status",
        17,
    ),
    Action("missing_only", ("M",), N_("Missing"), N_("shows only what is still to be collected, or all"), "status", 18),
    # one status update
    Action(
        "accept_status",
        ("f2",),
        N_("Accept, next"),
        N_("writes it and goes to the next that is missing"),
        STATUS_FORM,
        5,
    ),
    Action("to_grid", ("f3",), N_("Colours"), N_("goes to the colours, or back to the text"), STATUS_FORM, 15),
    # reports and outbox
    Action("section_next", ("tab",), N_("Next part"), N_("shows reports, issued ones, or the outbox"), "reports", 12),
    Action("section_previous", ("shift+tab",), N_("Part before"), N_("shows the one before"), "reports"),
    Action(
        "chase",
        ("c",),
        N_("Chase"),
        N_("prepares one message a person about everything that is overdue"),
        "reports",
        14,
    ),
    Action("sent", ("S",), N_("Sent"), N_("notes that the message, or the marked ones, were sent"), "reports", 16),
    # the page of a report
    Action("issue", ("i",), N_("Issue it"), N_("freezes the page as a report, with the journal's sum"), PAGE, 10),
    Action("page_file", ("x",), N_("Export"), N_("writes the page to a file: Markdown or HTML"), PAGE, 20),
    Action("page_why", ("w",), N_("Why"), N_("says where the figure of the line comes from"), PAGE, 30),
    Action("page_open", ("enter",), N_("Open"), N_("opens the record that the line is about"), PAGE, 40),
    Action("page_status", ("e",), N_("Status"), N_("changes what is declared"), PAGE, 50),
    Action("next_page", ("right_square_bracket",), N_("Next"), N_("shows the page of the next row"), PAGE, 60),
    Action("previous_page", ("left_square_bracket",), N_("Previous"), N_("shows the page of the row before"), PAGE),
    Action("page_copy", ("y",), N_("Copy"), N_("sends the page to the terminal's clipboard"), PAGE),
    # messages that are prepared
    Action(
        "write_letters", ("enter", "f2"), N_("Write"), N_("writes the messages as files; none is sent"), LETTERS, 10
    ),
    Action("leave_out", ("space",), N_("Leave out"), N_("leaves the message out, or takes it in again"), LETTERS, 20),
    Action("folder", ("f",), N_("Folder"), N_("writes them to another folder"), LETTERS, 30),
    # the preview of an import
    Action("take_in", ("enter",), N_("Take in"), N_("writes what is shown, in one transaction"), IMPORT, 10),
    Action("leave_file", ("escape",), N_("Leave it"), N_("goes back; nothing is written"), IMPORT, 15),
    Action(
        "as_sent_back",
        ("T",),
        N_("Sent back"),
        N_("reads an invoice that breaks rules as one that goes back to the supplier, with those as reasons"),
        IMPORT,
        20,
    ),
    Action(
        "good_rows",
        ("R",),
        N_("Good rows"),
        N_("takes the good rows in, and puts the wrong ones with their reasons into a file beside theirs"),
        IMPORT,
        25,
    ),
    Action(
        "map_columns",
        ("m",),
        N_("Map of columns"),
        N_("reads the file with a map that says which column is which field"),
        IMPORT,
        30,
    ),
    Action("as_register", ("r",), N_("Register"), N_("reads the file as another register"), IMPORT, 35),
    Action(
        "for_project",
        ("p",),
        N_("Project"),
        N_("puts a plan, or rows that name none, into a project that is there"),
        IMPORT,
        40,
    ),
    # the risk log
    Action(
        "raid_next", ("tab",), N_("Register"), N_("shows the next of risks, issues, actions, decisions"), "risks", 12
    ),
    Action("raid_previous", ("shift+tab",), N_("Register before"), N_("shows the one before"), "risks"),
    Action(
        "map",
        ("m",),
        N_("Map"),
        N_("goes into the heat map: arrows, ⏎ narrows the list to a cell, esc leaves"),
        "risks",
        14,
    ),
    Action("map_shown", ("M",), N_("Map on or off"), N_("shows or hides the heat map"), "risks"),
    Action("figures", ("f",), N_("Figures"), N_("goes to the line of figures: arrows, {why} says why"), "risks"),
    Action("kind", ("k",), N_("Kind"), N_("shows threats, opportunities, or both"), "risks"),
    Action(
        "assessment",
        ("a",),
        N_("Assessment"),
        N_("scores as they stand, as they came in, or as they should become"),
        "risks",
    ),
    Action(
        "reviewed", ("r",), N_("Reviewed"), N_("the risk was reviewed: asks when it is looked at next"), "risks", 32
    ),
    Action("happened", ("i",), N_("Happened"), N_("the risk happened: makes an issue of it"), "risks", 34),
    Action(
        "close", ("c",), N_("Close"), N_("the risk, issue or action is done with, the decision is taken"), "risks", 36
    ),
    Action("closed_too", ("C",), N_("Closed too"), N_("shows or hides what is closed"), "risks"),
    # supplier invoices
    Action(
        "money_next",
        ("tab",),
        N_("Register"),
        N_("shows the next of invoices, orders, receipts, contracts, suppliers"),
        "invoices",
        12,
    ),
    Action("money_previous", ("shift+tab",), N_("Register before"), N_("shows the one before"), "invoices"),
    Action(
        "book_invoice",
        ("N",),
        N_("Book"),
        N_("books an invoice on the order or of the supplier under the cursor"),
        "invoices",
    ),
    Action("book_file", ("B",), N_("From file"), N_("takes e-invoices in, from the folder used last"), "invoices", 24),
    Action(
        "ask_holder",
        ("b",),
        N_("Budget holder"),
        N_("sends the invoice to the budget holder; once it is sent, records the answer"),
        "invoices",
        14,
    ),
    Action("approve", ("a",), N_("Approved"), N_("records who approved the invoice, and when"), "invoices", 16),
    Action(
        "accept",
        ("k",),
        N_("Accepted"),
        N_("records who accepts what does not match, and why"),
        "invoices",
        18,
    ),
    Action("dispute", ("t",), N_("Disputed"), N_("records that the invoice is contested, by whom and why"), "invoices"),
    Action("send_back", ("T",), N_("Sent back"), N_("records that the invoice goes back to the supplier"), "invoices"),
    Action("paid", ("P",), N_("Paid"), N_("records that finance paid, when, and how much"), "invoices"),
    Action(
        "credited",
        ("minus",),
        N_("Credited"),
        N_("books a credit note on the invoice; once one covers it, marks it as credited"),
        "invoices",
    ),
    Action("receipt", ("plus",), N_("Received"), N_("books what came in on the order"), "invoices", 22),
    Action(
        "match_lines",
        ("m",),
        N_("Match"),
        N_("says which line of an order, or which projects, each line of the invoice bills"),
        "invoices",
    ),
    Action(
        "ageing", ("f",), N_("Ageing"), N_("goes to the ageing: arrows, ⏎ narrows the list, {why} says why"), "invoices"
    ),
    Action(
        "chain",
        ("o",),
        N_("Order"),
        N_("goes to contract, order, receipts and projects below: ⏎ opens one, esc leaves"),
        "invoices",
    ),
    Action("chain_shown", ("i",), N_("Details on or off"), N_("shows or hides what stands below the list"), "invoices"),
    Action("settled_too", ("C",), N_("Closed too"), N_("shows or hides what is settled"), "invoices"),
    # the planning board
    Action(
        "move_task",
        ("m",),
        N_("Move"),
        N_("moves the task, or the marked ones, and shows what moves with them"),
        "planning",
        12,
    ),
    Action("percent", ("percent_sign",), N_("Done"), N_("so much is done, in per cent"), "planning", 14),
    Action(
        "kind_of_rows",
        ("k",),
        N_("Kind"),
        N_("shows the whole plan, what is critical, late, a milestone, or near"),
        "planning",
        16,
    ),
    Action(
        "milestone_board", ("M",), N_("Milestones"), N_("shows the milestones of all plans by week"), "planning", 18
    ),
    Action("choose_plan", ("P",), N_("Plan"), N_("shows the plan of another project"), "planning", 22),
    Action(
        "next_plan", ("right_square_bracket",), N_("Next plan"), N_("shows the plan of the next project"), "planning"
    ),
    Action(
        "previous_plan",
        ("left_square_bracket",),
        N_("Previous plan"),
        N_("shows the plan of the project before"),
        "planning",
    ),
    Action(
        "duration",
        ("l",),
        N_("Length"),
        N_("gives the task another duration, and shows what moves with that"),
        "planning",
    ),
    Action("links_of", ("L",), N_("Links"), N_("puts the task after other lines: 3, 4SS-1d, code:12"), "planning"),
    Action(
        "reschedule",
        ("R",),
        N_("Reschedule"),
        N_("shows what would move if every task stood where its links say"),
        "planning",
    ),
    Action("started", ("a",), N_("Started"), N_("says on which day the task started"), "planning"),
    Action("finished", ("A",), N_("Finished"), N_("says on which day the task finished"), "planning"),
    Action("indent", ("i",), N_("In"), N_("puts the row under the one above it"), "planning"),
    Action("outdent", ("o",), N_("Out"), N_("takes the row out from under its summary"), "planning"),
    Action("row_up", ("K", "shift+up"), N_("Row up"), N_("moves the row, with all under it, up"), "planning"),
    Action("row_down", ("J", "shift+down"), N_("Row down"), N_("moves the row, with all under it, down"), "planning"),
    Action("take_baseline", ("B",), N_("Baseline"), N_("freezes the plan as it stands, for comparison"), "planning"),
    Action("look_ahead", ("W",), N_("Look ahead"), N_("shows what is open in the next weeks"), "planning"),
    Action(
        "fold",
        ("f",),
        N_("Fold"),
        N_("folds the summary, or the one that the row stands under; or unfolds it"),
        "planning",
    ),
    Action("fold_all", ("minus",), N_("Fold all"), N_("folds every summary"), "planning"),
    Action("unfold_all", ("plus",), N_("Unfold all"), N_("unfolds every summary"), "planning"),
    Action("farther", ("z",), N_("Zoom"), N_("shows days, weeks, months, quarters, years"), "planning", 24),
    Action("nearer", ("Z",), N_("Nearer"), N_("shows less time, nearer"), "planning"),
    Action(
        "fit_plan", ("equals_sign",), N_("All of it"), N_("shows the plan from its first day to its last"), "planning"
    ),
    Action(
        "days_before", ("less_than_sign", "shift+left"), N_("Earlier"), N_("scrolls to the days before"), "planning"
    ),
    Action(
        "days_after", ("greater_than_sign", "shift+right"), N_("Later"), N_("scrolls to the days after"), "planning"
    ),
    Action("to_today", ("t",), N_("Today"), N_("brings today into sight"), "planning"),
    Action("to_bar", ("b",), N_("Bar"), N_("brings the bar of the row into sight"), "planning"),
    Action(
        "split", ("O",), N_("Outline"), N_("shows outline and chart, the outline alone, or the chart alone"), "planning"
    ),
    # what moves
    Action(
        "keep_change",
        ("enter", "f2"),
        N_("Keep"),
        N_("writes it, after asking why and in which change it was agreed"),
        "moving",
        10,
    ),
    Action("drop_change", ("escape",), N_("Drop"), N_("goes back; nothing is written"), "moving", 20),
    # milestones by week
    Action(
        "open_plan", ("enter",), N_("Plan"), N_("goes to the plan, at the milestone under the cursor"), "milestones", 10
    ),
    Action(
        "weeks_before",
        ("less_than_sign", "shift+left"),
        N_("Earlier"),
        N_("scrolls to earlier weeks"),
        "milestones",
        14,
    ),
    Action(
        "weeks_after", ("greater_than_sign", "shift+right"), N_("Later"), N_("scrolls to later weeks"), "milestones", 16
    ),
    Action("this_week", ("t",), N_("Today"), N_("goes to this week"), "milestones", 18),
    # the resource sheet
    Action(
        "over_only",
        ("o",),
        N_("Over only"),
        N_("shows only who is over-booked, the fullest first; or all"),
        "resources",
        12,
    ),
    Action("zoom", ("z",), N_("Zoom"), N_("shows weeks, months or days"), "resources", 14),
    Action("unit", ("percent_sign",), N_("Unit"), N_("shows hours, per cent or FTE"), "resources", 16),
    Action("request", ("plus",), N_("Request"), N_("asks for somebody in one line"), "resources", 22),
    Action("requests", ("R",), N_("Requests"), N_("shows the open requests, to book or turn down"), "resources", 24),
    Action("earlier", ("less_than_sign",), N_("Earlier"), N_("scrolls to the periods before"), "resources"),
    Action("later", ("greater_than_sign",), N_("Later"), N_("scrolls to the periods after"), "resources"),
    Action("today", ("t",), N_("Today"), N_("goes to the period of today"), "resources"),
    Action("next_over", ("right_square_bracket",), N_("Next"), N_("goes to the next over-booked cell"), "resources"),
    Action(
        "previous_over",
        ("left_square_bracket",),
        N_("Previous"),
        N_("goes to the over-booked cell before"),
        "resources",
    ),
    Action("load_list", ("L",), N_("Load"), N_("lists who is over-booked when"), "resources"),
    Action("coming_free", ("E",), N_("Coming free"), N_("lists whose work ends in 30, 60, 90 days"), "resources"),
    Action("demand_list", ("D",), N_("Demand"), N_("lists demand against capacity by function"), "resources"),
    Action("crowds", ("P",), N_("Projects at once"), N_("lists who is on too many projects at once"), "resources"),
    # what causes a load
    Action(
        "level",
        ("l",),
        N_("Relieve"),
        N_("proposes what would relieve the period; nothing changes without a yes"),
        "causes",
        35,
    ),
    # open requests
    Action(
        "book", ("b",), N_("Book"), N_("books somebody on the request; shows who has how much time"), "requests", 12
    ),
    Action("propose", ("B",), N_("Propose"), N_("books somebody softly, with a probability"), "requests", 14),
    Action("turn_down", ("minus",), N_("Turn down"), N_("rejects the request, or releases it"), "requests", 16),
    Action("answered_too", ("C",), N_("Closed too"), N_("shows or hides what has its answer"), "requests"),
    # one record
    Action("follow", ("enter",), N_("Follow"), N_("opens the record that the line refers to"), RECORD, 10),
    Action("edit_record", ("e",), N_("Edit"), N_("changes the record"), RECORD, 20),
    Action("delete_record", ("d",), N_("Delete"), N_("deletes the record; undo brings it back"), RECORD, 30),
    Action("record_history", ("h",), N_("History"), N_("shows who changed it, when, from what to what"), RECORD, 40),
    Action("record_why", ("w",), N_("Why"), N_("says where the figure under the cursor comes from"), RECORD, 50),
    Action("next_record", ("right_square_bracket",), N_("Next"), N_("opens the next record of the list"), RECORD),
    Action("previous_record", ("left_square_bracket",), N_("Previous"), N_("opens the record before it"), RECORD),
    Action("record_copy", ("y",), N_("Copy"), N_("sends the record to the terminal's clipboard"), RECORD),
    # the portfolio
    Action(
        "drill", ("enter",), N_("Go in"), N_("goes into a programme or portfolio, or opens the project"), "portfolio", 5
    ),
    Action("up_a_level", ("backspace",), N_("Up"), N_("goes back up a level"), "portfolio", 15),
    Action(
        "tree",
        ("t",),
        N_("Tree"),
        N_("shows every node under the other, or projects alone, exceptions first"),
        "portfolio",
        25,
    ),
    Action(
        "exceptions_of", ("X",), N_("Exceptions"), N_("lists every exception with the rule that fired"), "portfolio", 35
    ),
    Action("totals", ("T",), N_("Totals"), N_("gives the keys to the line of totals: enter says why"), "portfolio"),
    # today
    Action("act", ("enter",), N_("Open"), N_("opens what the line is about"), "today", 10),
    Action("edit_line", ("e",), N_("Edit"), N_("changes the record that the line is about"), "today", 20),
    Action("line_history", ("h",), N_("History"), N_("shows who changed it"), "today", 30),
    Action("seen", ("S",), N_("Seen"), N_("takes what changed up to now as seen"), "today", 40),
    Action("next_section", ("tab",), N_("Next part"), N_("goes to the next part of the page"), "today", 50),
    # registers
    Action("open_register", ("enter",), N_("Open"), N_("opens the register under the cursor"), "registers", 10),
    # forms
    Action(
        "save",
        ("f2",),
        N_("Save"),
        N_("writes the record; enter does so too, except in text of several lines"),
        FORM,
        10,
    ),
    Action("next_field", ("tab", "down"), N_("Next field"), N_("goes to the next field"), FORM, 20),
    Action("previous_field", ("shift+tab", "up"), N_("Previous field"), N_("goes to the field before"), FORM),
    Action("editor", ("ctrl+e",), N_("Editor"), N_("opens the text in $EDITOR"), FORM, 40),
    Action("all_fields", ("ctrl+f",), N_("All fields"), N_("shows every field, or only the usual ones"), FORM, 50),
    Action(
        "take_theirs",
        ("f6",),
        N_("Theirs"),
        N_("a colleague changed the field too: takes what they wrote"),
        FORM,
    ),
    Action("keep_mine", ("f7",), N_("Mine"), N_("a colleague changed the field too: keeps what you wrote"), FORM),
    Action("take_all_theirs", ("f4",), N_("All theirs"), N_("takes theirs in every field that both changed"), FORM),
    Action("keep_all_mine", ("f5",), N_("All mine"), N_("keeps yours in every field that both changed"), FORM),
    Action("drop_draft", ("ctrl+r",), N_("Start over"), N_("forgets what was typed and kept"), FORM, 60),
    Action("leave", ("escape",), N_("Leave"), N_("leaves the form; what was typed is kept"), FORM, 30),
    Action("form_help", ("f1",), N_("Help"), N_("explains the field you are in, and the keys of the form"), FORM, 80),
    # help
    Action(
        "search_help", ("slash",), N_("Search"), N_("shows only the lines that hold some words, or a key"), "help", 10
    ),
    Action(
        "explain_key",
        ("k",),
        N_("A key"),
        N_("says what the key that you press next starts where you were, or where it does something"),
        "help",
        20,
    ),
)

OTHERWISE: Mapping[str, Mapping[str, str]] = {
    "today": {
        "filter": N_("narrows the page to the lines that hold every word that you type"),
        "copy": N_("sends the line to the terminal's clipboard"),
    },
    "status": {
        "new": N_("takes down what the project manager declares, as {update} does"),
        "delete": "",
    },
    "portfolio": {"new": N_("adds a project, under the node that one went into")},
    "milestones": {
        "open": N_("goes to the plan, as {open_plan} says"),
        "new": "",
        "edit": N_("changes the project"),
        "delete": "",
    },
    "resources": {
        "open": N_("shows what causes the load of the cell; on a name opens the person"),
        "new": N_("books the person under the cursor in the period under it"),
        "edit": N_("changes the person"),
        "delete": "",
        "sort": N_("puts first who is over-booked, or sorts by name"),
        "frequency": N_("counts how often each function stands in the sheet"),
    },
    "reports": {"open": N_("shows the page of the report, or opens the message")},
}
"""What actions of every list do on a screen, by its part and their ids, where that is other than what their `help` says; "" for
those that start nothing there."""

FOLLOWS: Mapping[str, str] = dict.fromkeys(("new", "edit_cell", "fill", "paste"), "")
"""The same for a list that follows from the records of others: nothing is added or typed there."""

WRITING = frozenset({
    "new", "edit", "delete", "edit_cell", "fill", "paste", "repeat", "undo", "redo", "capture", "import_file", "edit_record",
    "delete_record", "edit_line", "update", "as_last", "accept_status", "issue", "sent", "reviewed", "happened", "close", "book_invoice",
    "book_file", "ask_holder", "approve", "accept", "dispute", "send_back", "paid", "credited", "receipt", "match_lines", "percent",
    "started", "finished", "indent", "outdent", "row_up", "row_down", "take_baseline", "request", "book", "propose", "turn_down",
    "level", "save",
})  # fmt: skip
"""The actions that do nothing but write, or ask for what is written: they are refused at once where nothing can be written."""

_BY_ID: Mapping[str, Action] = {action.id: action for action in ACTIONS}

NAMES: Mapping[str, str] = {
    "colon": ":", "question_mark": "?", "at": "@", "exclamation_mark": "!", "slash": "/", "asterisk": "*", "full_stop": ".",
    "right_square_bracket": "]", "left_square_bracket": "[", "enter": "⏎", "escape": "esc", "plus": "+", "minus": "-", "comma": ",",
    "quotation_mark": "\"", "less_than_sign": "<", "greater_than_sign": ">", "equals_sign": "=", "ampersand": "&",
    "percent_sign": "%", "vertical_line": "|", "left_parenthesis": "(", "right_parenthesis": ")",
}  # fmt: skip
"""How keys are written where Textual's name for them is a word."""


def action(id: str) -> Action:
    """The action with that id."""
    return _BY_ID[id]


def actions_of(*where: str) -> list[Action]:
    """The actions that work in those parts of the program, in order; those that are other parts' too come last."""
    found = [each for each in ACTIONS if each.part_in(where) is not None]
    return sorted(found, key=lambda each: each.where not in where)


def key_name(key: str) -> str:
    """A key as it is written for people: `ctrl+e`, `⏎`, `U`."""
    return NAMES.get(key, key)


def keys_of(each: Action, keymap: Mapping[str, str]) -> tuple[str, ...]:
    """The keys of an action: the configuration's, or its own."""
    said = keymap.get(each.id)
    return each.keys if said is None else tuple(key.strip() for key in said.split(",") if key.strip())


HEADINGS: Mapping[str, str] = {
    EVERYWHERE: N_("Everywhere"),
    MOVE: N_("Moving about"),
    LIST: N_("In a list"),
    RECORD: N_("On a record"),
    FORM: N_("In a form"),
    "moving": N_("What moves"),
    "milestones": N_("Milestones by week"),
    "causes": N_("What causes a load"),
    "requests": N_("Open requests"),
    STATUS_FORM: N_("In a status update"),
    PAGE: N_("On the page of a report"),
    LETTERS: N_("Messages that are prepared"),
    IMPORT: N_("Preview of an import"),
    "help": N_("In help"),
    "views": N_("Views of a list"),
    "columns": N_("Columns of a list"),
} | {name: title for name, _digit, title in SCREENS}
