// Room: goal. What the patient wants to reach, measured by the patient's own report.

Profile: TenderpointGoal
Parent: Goal
Id: goal
Title: "Massage Goal"
Description: "A goal with a target on a patient-reported measure: which score, how low or high, and by when."
* obeys tp-goal-1 and tp-goal-2
* lifecycleStatus MS
* achievementStatus MS
* category MS
* description MS
  * text 1..1 MS
* subject MS
* subject only Reference(Patient)
* start[x] MS
* target 1..* MS
  * measure 1..1 MS
  * measure from GoalMeasures (extensible)
  * detail[x] 1..1 MS
  * detail[x] only Quantity or Range
  * due[x] MS
* addresses MS
* outcomeReference MS

Invariant: tp-goal-1
Description: "A pain or PEG target lies between 0 and 10."
Severity: #error
Expression: "target.where(measure.coding.where(system = 'http://loinc.org' and (code = '72514-3' or code = '91147-9')).exists()).detail.ofType(Quantity).where(code = '{score}').all(value >= 0 and value <= 10)"

Invariant: tp-goal-2
Description: "A target should say by when it is to be reached."
Severity: #warning
Expression: "target.all(due.exists())"

ValueSet: GoalMeasures
Id: goal-measure
Title: "Goal Measures"
Description: "Scores that goals aim at: pain, PEG, Oswestry, neck disability, or a local score."
* ^experimental = false
* insert LoincNotice
* $loinc#72514-3 "Pain severity - 0-10 verbal numeric rating [Score] - Reported"
* $loinc#91147-9 "Mean score [PEG]"
* $loinc#97909-6
* $loinc#82237-9
* include codes from system MassageCodes where concept descendent-of #score

// Examples

RuleSet: GoalExample
* insert Invented
* lifecycleStatus = #active
* category = $goal-category#physiotherapy
* subject = Reference(ana)
* startDate = "2026-01-20"
* addresses = Reference(ana-fibromyalgia)

Instance: tp-goal-1-pass
InstanceOf: TenderpointGoal
Usage: #example
Title: "Pain of three or less"
Description: "A pain rating of at most three of ten by week six."
* insert GoalExample
* description.text = "Pain of 3 or less by the beginning of March"
* target.measure = $loinc#72514-3 "Pain severity - 0-10 verbal numeric rating [Score] - Reported"
* target.detailQuantity = 3 '{score}' "{score}"
* target.detailQuantity.comparator = #<=
* target.dueDate = "2026-03-03"

Instance: tp-goal-2-pass
InstanceOf: TenderpointGoal
Usage: #example
Title: "PEG of four or less"
Description: "A PEG total of at most four by the end of the plan."
* insert GoalExample
* description.text = "Less trouble from pain in daily life"
* target.measure = $loinc#91147-9 "Mean score [PEG]"
* target.detailQuantity = 4 '{score}' "{score}"
* target.detailQuantity.comparator = #<=
* target.dueDate = "2026-03-16"
