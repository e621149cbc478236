"""The words the demo is made of: an invented town, its people, suppliers and projects."""

from __future__ import annotations

GIVEN = (
    "Anna", "Bram", "Chantal", "Daan", "Esra", "Femke", "Gijs", "Hanna", "Ivo", "Jamila", "Koen", "Lotte", "Mehmet", "Noor",
    "Olaf", "Petra", "Quinten", "Roos", "Sanne", "Thijs", "Ursula", "Vera", "Wout", "Xandra", "Youssef", "Zoë",
)  # fmt: skip
FAMILY = (
    "de Vries", "Jansen", "Bakker", "van Dijk", "Visser", "Yılmaz", "Smit", "Meijer", "de Boer", "Mulder", "Bos", "Vos",
    "El Amrani", "Hendriks", "van Leeuwen", "Dekker", "Brouwer", "de Wit", "Kok", "Jacobs", "Peters", "Nguyen", "Willems",
)  # fmt: skip
FUNCTIONS = (
    ("Project manager", "planning, stakeholders"), ("Project officer", "reporting"), ("Business analyst", "analysis"),
    ("Developer", "python, java"), ("Tester", "test automation"), ("Architect", "integration"), ("Designer", "ux"),
    ("Civil engineer", "hydraulics"), ("Site supervisor", "safety"), ("Change manager", "training"),
)  # fmt: skip
UNITS = ("Works", "Digital", "Finance", "Citizens", "Water")
SUPPLIERS = (
    ("Dijkwerk Aannemers B.V.", "Gouda"), ("Noorderlicht Software B.V.", "Groningen"), ("Van Houten Advies", "Utrecht"),
    ("Klaver & Zoon Installaties", "Zwolle"), ("Polder Datacenters B.V.", "Almere"), ("Testhuis Nederland B.V.", "Eindhoven"),
    ("Maatwerk Opleidingen", "Arnhem"), ("Groenbeheer Oost", "Deventer"), ("Signaal Verkeerstechniek", "Tilburg"),
)  # fmt: skip
PROGRAMMES = (
    "Dry feet 2030",
    "One counter",
    "Streets for all",
    "Clean energy in town",
    "Schools and sports",
    "Safe data",
)
PROJECTS = (
    ("Pumping station Oosterwaard", "PUMP", "full", 2_400_000), ("Case system renewal", "CASE", "full", 1_850_000),
    ("Dike section 4 reinforcement", "DIKE4", "full", 6_300_000), ("Citizen portal", "PORTAL", "standard", 740_000),
    ("Sewer renewal Lindelaan", "SEWER", "standard", 980_000), ("Records move to the cloud", "RECORDS", "standard", 420_000),
    ("Cycle bridge Westerkade", "BRIDGE", "full", 3_100_000), ("Payroll replacement", "PAYROLL", "standard", 560_000),
    ("Smart traffic lights", "LIGHTS", "standard", 870_000), ("Library self-service", "LIBRARY", "light", 85_000),
    ("Solar roofs on schools", "SOLAR", "standard", 640_000), ("Accessible website", "ACCESS", "light", 50_000),
)  # fmt: skip
PHASES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Initiation", ("Business case", "Stakeholder analysis", "Project brief", "Kick-off")),
    ("Design", ("Requirements", "Outline design", "Detailed design", "Design review", "Permit application")),
    ("Procurement", ("Tender documents", "Market consultation", "Evaluation of bids", "Contract negotiation")),
    ("Build", ("Preparation of the site", "Delivery of materials", "Construction", "Integration", "Installation", "Documentation")),
    ("Test", ("Test plan", "System test", "Acceptance test", "Repairs")),
    ("Roll-out", ("Training", "Migration", "Go-live support", "Communication")),
    ("Closure", ("Handover", "Lessons learned", "Final account")),
)  # fmt: skip
RISKS = (
    ("Permit comes later than planned", "Objections from residents", "Start of the works slips", "external"),
    ("Key developer leaves", "Tight labour market", "Knowledge is lost, velocity drops", "people"),
    ("Supplier delivers late", "Shortage of parts", "Acceptance test moves", "supplier"),
    ("Data quality too low to migrate", "Years of local edits", "Manual repair of records", "technical"),
    ("Ground is polluted", "Former gas works", "Remediation at our cost", "technical"),
    ("Budget overrun on materials", "Steel and copper prices", "Contingency is drawn", "financial"),
    ("Users do not adopt the new way of working", "Little time for training", "Benefits come late", "change"),
    ("Interface with the tax system unstable", "Undocumented protocol", "Extra test rounds", "technical"),
    ("Test environment unavailable", "Shared with two projects", "Testers wait", "people"),
)  # fmt: skip
OPPORTUNITY = ("Subsidy for sustainable measures", "New provincial scheme", "Part of the cost is refunded", "financial")
ISSUES = (
    "Acceptance criteria are disputed", "Server room too warm", "Contractor's site manager replaced", "Permit returned for completion",
    "Performance below the norm", "Invoice without order number", "Two teams booked the same environment",
)  # fmt: skip
ACTIONS = (
    "Ask the supplier for a recovery plan", "Update the business case", "Plan the acceptance test", "Send minutes to the board",
    "Agree the freeze window", "Invite the accessibility auditor", "Check the insurance of the contractor", "Name a deputy",
)  # fmt: skip
DECISIONS = (
    "Draw EUR 40,000 from contingency", "Accept the revised schedule", "Approve the test strategy", "Choose between two bids",
)  # fmt: skip
SUMMARIES = {
    "green": "Work goes to plan. The last deliverable was accepted without remarks.",
    "amber": "Two weeks of slack are used up. The supplier has promised a recovery plan.",
    "red": "The tolerance on time is broken; an exception plan is being written.",
    "grey": "",
}
NEXT = (
    "Finish the design review.",
    "Start the acceptance test.",
    "Sign the contract with the installer.",
    "Train the first group.",
)
