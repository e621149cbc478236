"""The words the demo is made of: an invented town, its people, suppliers and plans."""

from __future__ import annotations

from dataclasses import dataclass

TOWN = "Town of Oosterwaard"
GIVEN = (
    "Anna", "Bram", "Chantal", "Daan", "Esra", "Femke", "Gijs", "Hanna", "Ivo", "Jamila", "Koen", "Lotte", "Mehmet", "Noor",
    "Olaf", "Petra", "Quinten", "Roos", "Sanne", "Thijs", "Ursula", "Vera", "Wout", "Xandra", "Youssef", "Zoë",
)  # fmt: skip
FAMILY = (
    "de Vries", "Jansen", "Bakker", "van Dijk", "Visser", "Yılmaz", "Smit", "Meijer", "de Boer", "Mulder", "Bos", "Vos",
    "El Amrani", "Hendriks", "van Leeuwen", "Dekker", "Brouwer", "de Wit", "Kok", "Jacobs", "Peters", "Nguyen", "Willems",
)  # fmt: skip
UNITS = ("Works", "Digital", "Finance", "Citizens", "Water")
MANAGER, OFFICER = "Project manager", "Project officer"


@dataclass(frozen=True, slots=True)
class Function:
    """What people are: how many of them for twelve projects, what they can, in which unit, what an hour costs."""

    name: str
    count: int
    skills: str
    unit: str
    rate: int


FUNCTIONS = (
    Function(MANAGER, 4, "planning, stakeholders", "Works", 98), Function(OFFICER, 3, "reporting, planning", "Finance", 74),
    Function("Business analyst", 2, "process design", "Digital", 82), Function("Developer", 3, "python, java", "Digital", 85),
    Function("Tester", 2, "test automation", "Digital", 76), Function("Architect", 2, "integration", "Digital", 104),
    Function("Civil engineer", 3, "hydraulics, structures", "Water", 92), Function("Site supervisor", 2, "safety, contracts", "Works", 78),
    Function("Change manager", 2, "training, communication", "Citizens", 80), Function("Buyer", 1, "tenders", "Finance", 72),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Trade:
    """A supplier of the demo and what it is ordered for."""

    name: str
    city: str
    trade: str
    terms: int = 30


SUPPLIERS = (
    Trade("Dijkwerk Aannemers B.V.", "Gouda", "works"), Trade("Noorderlicht Software B.V.", "Groningen", "software"),
    Trade("Van Houten Advies", "Utrecht", "engineering"), Trade("Klaver & Zoon Installaties", "Zwolle", "installations"),
    Trade("Polder Datacenters B.V.", "Almere", "hosting"), Trade("Testhuis Nederland B.V.", "Eindhoven", "testing"),
    Trade("Maatwerk Opleidingen", "Arnhem", "training", 14), Trade("Groenbeheer Oost", "Deventer", "planting"),
    Trade("Signaal Verkeerstechniek", "Tilburg", "signals"), Trade("Nimbus Cloud Inc.", "Seattle", "cloud"),
)  # fmt: skip
PROGRAMMES = (
    "Dry feet 2030",
    "One counter",
    "Streets for all",
    "Clean energy in town",
    "Schools and sports",
    "Safe data",
)


@dataclass(frozen=True, slots=True)
class Step:
    """A task of a phase: its weight in the time of the phase, or in that of the step before it when `beside` it."""

    name: str
    weight: int
    beside: bool = False


@dataclass(frozen=True, slots=True)
class Phase:
    """A phase of a plan: its share of the whole in per cent, and its steps one after the other."""

    name: str
    share: int
    steps: tuple[Step, ...]


WORKS, DIGITAL = "works", "digital"
PHASES: dict[str, tuple[Phase, ...]] = {
    WORKS: (
        Phase("Initiation", 8, (Step("Business case", 4), Step("Stakeholder analysis", 3, True), Step("Project brief", 3))),
        Phase("Design", 20, (Step("Site survey", 3), Step("Outline design", 5), Step("Cost estimate", 4, True), Step("Detailed design", 8), Step("Design review", 2))),
        Phase("Permits", 22, (Step("Permit application", 9), Step("Tender documents", 6, True), Step("Evaluation of bids", 3), Step("Contract award", 2))),
        Phase("Construction", 35, (Step("Site preparation", 4), Step("Foundations", 8), Step("Structure", 10), Step("Installations", 8, True), Step("Connection works", 4))),
        Phase("Commissioning", 9, (Step("System test", 4), Step("Operating manual", 3, True), Step("Acceptance test", 4))),
        Phase("Handover", 6, (Step("As-built documents", 3), Step("Training of operators", 2, True), Step("Final account", 3))),
    ),
    DIGITAL: (
        Phase("Initiation", 8, (Step("Business case", 4), Step("Stakeholder analysis", 3, True), Step("Project brief", 3))),
        Phase("Requirements", 15, (Step("Interviews", 3), Step("Process design", 6), Step("Architecture", 4, True), Step("Requirements review", 2))),
        Phase("Procurement", 15, (Step("Market consultation", 3), Step("Tender documents", 5), Step("Evaluation of bids", 3), Step("Contract award", 2))),
        Phase("Build", 32, (Step("Environment set-up", 3), Step("Interfaces", 8), Step("Configuration", 10), Step("Migration tooling", 7, True), Step("Integration", 5))),
        Phase("Test", 15, (Step("Test plan", 3), Step("System test", 6), Step("Documentation", 5, True), Step("Acceptance test", 5))),
        Phase("Roll-out", 10, (Step("Training", 5), Step("Data migration", 4, True), Step("Go-live support", 4))),
        Phase("Closure", 5, (Step("Handover to operations", 3), Step("Lessons learned", 2, True), Step("Final account", 2))),
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Threat:
    """A risk of the demo; `kind` is where it fits, "" everywhere."""

    title: str
    cause: str
    event: str
    effect: str
    category: str
    plan: str
    kind: str = ""


THREATS = (
    Threat("Permit comes later than planned", "Residents may object", "The permit is appealed", "Start of the works slips", "external",
           "Talk to the residents' association before the application is published.", WORKS),
    Threat("Ground is polluted", "A gas works stood here until 1962", "Cleaning is ordered", "Extra cost, and the works stand still", "technical",
           "Take forty soil samples before the contract is signed.", WORKS),
    Threat("Materials become dearer", "Steel and copper prices move", "The contractor invokes the price clause", "Contingency is drawn", "financial",
           "Fix the prices for the first year.", WORKS),
    Threat("Cables where none are drawn", "Old drawings are incomplete", "A cable is hit", "The site is closed, neighbours without power", "technical",
           "Dig trial trenches every twenty metres.", WORKS),
    Threat("High water during the works", "The winter is wet", "The pit floods", "Two to four weeks are lost", "external",
           "Close the dike before 1 November; have pumps on site.", WORKS),
    Threat("Key developer leaves", "The labour market is tight", "The lead developer resigns", "Knowledge is lost, and speed", "people",
           "Two people know every component; documentation is part of done.", DIGITAL),
    Threat("Data quality too low to migrate", "Years of local edits", "Records fail validation", "They are repaired by hand", "technical",
           "Profile the data now, repair at the source.", DIGITAL),
    Threat("Interface with the tax system is unstable", "Its protocol is not documented", "Messages are lost", "Extra test rounds", "technical",
           "A test stub, and a contact at the tax office.", DIGITAL),
    Threat("Users keep their old ways", "Little time for training", "The old forms stay in use", "Benefits come late", "change",
           "A key user in every team; the old forms close on a known day.", DIGITAL),
    Threat("Test environment is not available", "It is shared with other projects", "Two projects test in the same week", "Testers wait", "people",
           "Book the environment for the whole phase.", DIGITAL),
    Threat("Supplier delivers late", "Parts are scarce", "A delivery is put off", "The acceptance test moves", "supplier",
           "Weekly delivery report; a second source for what is critical."),
    Threat("Decision comes late", "The steering committee meets every six weeks", "A decision is put off", "The next phase waits", "governance",
           "Prepare decisions a meeting ahead."),
    Threat("Not enough people in the summer", "Holidays of the same four people", "Nobody stands in", "Work stops for three weeks", "people",
           "Agree on deputies in the spring."),
)  # fmt: skip
OPPORTUNITIES = (
    Threat("Provincial subsidy", "A new scheme for sustainable measures", "The application is granted", "Part of the cost is refunded", "financial",
           "Apply before the scheme closes."),
    Threat("Combine with the maintenance contract", "The contractor works next door in the spring", "One site instead of two", "Lower site costs", "financial",
           "Ask for one price for both.", WORKS),
    Threat("Reuse the forms of a neighbouring town", "They run the same software", "They share their forms", "Less to build", "technical",
           "Visit them with two key users.", DIGITAL),
)  # fmt: skip
ISSUES: dict[str, tuple[tuple[str, str], ...]] = {
    WORKS: (
        ("Permit returned for completion", "The missing noise study was added, and the application is complete."),
        ("Contractor's site manager replaced", "The new one is introduced; weekly meetings go on."),
        ("Cracks in a neighbour's wall", "Surveyed: older than the works. The neighbour was told in person."),
        ("Crane not certified", "Replaced by a certified one; one day lost."),
        ("Invoice without order number", "Returned to the supplier, who sent it again."),
    ),
    DIGITAL: (
        ("Acceptance criteria are disputed", "The steering committee chose the stricter reading."),
        ("Response times above the norm", "An index was missing; measured again, within the norm."),
        ("Two teams booked the same environment", "The second team moves a week."),
        ("Single sign-on fails for temporary staff", "Their accounts are now in the directory."),
        ("Supplier changed the price list", "The framework agreement holds; the old prices stand."),
    ),
}
ACTIONS: dict[str, tuple[str, ...]] = {
    "": (
        "Update the business case", "Plan the review of {phase}", "Send the minutes to the board", "Name a deputy for the holidays",
        "Collect the hours of the team", "Review the risk log with the team", "Answer the council's questions",
        "Prepare the decision on the next phase", "Ask finance about the accrual", "Ask {supplier} for a delivery report",
    ),
    WORKS: (
        "Check the insurance of {supplier}", "Tell the neighbours about the noise", "Order the soil samples", "Walk the site with the safety officer",
        "Agree on the road closure with the fire brigade", "Photograph the houses next to the site",
    ),
    DIGITAL: (
        "Agree on the freeze window", "Name the key users", "Order the test accounts", "Ask the works council for advice", "Review the privacy assessment",
        "Confirm the room for the training",
    ),
}  # fmt: skip
DECISIONS: tuple[tuple[str, str, str, str], ...] = (
    ("", "Draw EUR {amount} from contingency", "Draw it now, or wait for the final account", "Draw it now: the cost is certain."),
    ("", "Accept the revised finish of {phase}", "Accept it, add people, or drop scope", "Accept it; adding people costs more than the delay."),
    ("", "Choose the winning bid", "The lowest price, or the best offer", "The best offer: two points ahead at 3 % more."),
    (WORKS, "Close the road at night only", "At night only, or two full weekends", "Two weekends: less noise, and two days faster."),
    (WORKS, "Order the pumps before the permit is final", "Order now, or wait eight weeks", "Order now; cancelling costs 5 %."),
    (DIGITAL, "Approve the test strategy", "In house, or by an outside party", "In house, with two days of outside review."),
    (DIGITAL, "Close the old application", "On the day of go-live, or three months later", "Three months later, read-only."),
)  # fmt: skip
BOARD = "Steering committee"
COMMENTS: dict[str, tuple[str, ...]] = {
    "time": ("The slack of the phase is used up", "One milestone is behind its baseline", "The path to the next milestone has no slack left"),
    "cost": ("Commitments are near the budget", "Extra work was ordered", "An exception plan is with the board"),
    "risk": ("Two risks went up after the last review", "The exposure is above its tolerance", "A response costs more than was set aside"),
    "resources": ("One role is not filled", "Two people are asked for by another project", "The team is smaller than planned in December"),
}  # fmt: skip
SENTENCES: dict[tuple[str, str], tuple[str, ...]] = {
    ("", "green"): (
        "Work goes to plan.", "No change in scope, time or money.", "The team is complete and on schedule.",
        "The last deliverable was accepted without remarks.", "All milestones of the quarter still stand.",
    ),
    ("time", "amber"): (
        "{task}: longer than planned. {milestone} moves {days} days.", "Slack is used up; {milestone} is now expected on {day}.",
        "{supplier} has promised to make up part of the {days} days.",
    ),
    ("time", "red"): (
        "The tolerance on time is broken: {milestone} moves {days} days. An exception plan is being written.",
        "{task}: still behind. {milestone} cannot be held.",
    ),
    ("cost", "amber"): ("Extra work was ordered from {supplier}; the budget is nearly committed.", "The forecast is close to the budget."),
    ("cost", "red"): (
        "Commitments are above the budget. The board is asked for more money or less scope.",
        "{supplier} billed extra work; the overrun is being argued about.",
    ),
    ("risk", "amber"): ("The exposure went up after the last review.", "A response is being worked out with {supplier}."),
    ("risk", "red"): ("The exposure is above its tolerance.",),
    ("resources", "amber"): ("One role is not filled; the request is open.", "Two people are shared with another project until the end of the month."),
}  # fmt: skip
