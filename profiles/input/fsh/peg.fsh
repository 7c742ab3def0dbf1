// Room: peg. The PEG scale: pain, enjoyment of life, general activity.

Profile: TenderpointPegPanel
Parent: Observation
Id: peg-panel
Title: "PEG Panel"
Description: "One filling-in of the PEG scale; it points to the total."
* extension contains SessionPhase named sessionPhase 0..1 MS
* status MS
* category MS
* code = $loinc#91148-7
* subject 1..1 MS
* subject only Reference(Patient)
* encounter MS
* effective[x] 1..1 MS
* effective[x] only dateTime or Period
* value[x] 0..0
* hasMember 1..1 MS
* hasMember only Reference(TenderpointPegTotal)

Profile: TenderpointPegTotal
Parent: Observation
Id: peg-total
Title: "PEG Total"
Description: "The PEG total with its three answers as components: the shape in which readers of chronic-pain records look for it."
* obeys tp-peg-1 and tp-peg-2 and tp-peg-3
* extension contains SessionPhase named sessionPhase 0..1 MS
* status MS
* category MS
* code = $loinc#91147-9
* subject 1..1 MS
* subject only Reference(Patient)
* encounter MS
* effective[x] 1..1 MS
* effective[x] only dateTime or Period
* value[x] MS
* value[x] only Quantity
* valueQuantity
  * value 1..1 MS
  * system 1..1
  * system = $ucum
  * code 1..1
  * code = #{score}
* dataAbsentReason MS
* component MS
  * ^slicing.discriminator.type = #pattern
  * ^slicing.discriminator.path = "code"
  * ^slicing.rules = #open
* component contains pain 0..1 MS and enjoyment 0..1 MS and activity 0..1 MS
* component[pain].code = $loinc#75893-8
* component[pain] insert PegAnswer
* component[enjoyment].code = $loinc#91145-3
* component[enjoyment] insert PegAnswer
* component[activity].code = $loinc#91146-1
* component[activity] insert PegAnswer

RuleSet: PegAnswer
* value[x] only Quantity
* value[x] MS
* valueQuantity
  * value 1..1
  * system 1..1
  * system = $ucum
  * code 1..1
  * code = #{score}

Invariant: tp-peg-1
Description: "The PEG total and each of its answers lie between 0 and 10."
Severity: #error
Expression: "value.ofType(Quantity).value.all($this >= 0 and $this <= 10) and component.value.ofType(Quantity).value.all($this >= 0 and $this <= 10)"

Invariant: tp-peg-2
Description: "A PEG total with its three answers is their mean, within rounding to one decimal place."
Severity: #error
// Compared as three times the total, so that no division has to be rounded.
Expression: "(value.ofType(Quantity).value.exists() and component.value.ofType(Quantity).value.count() = 3) implies (value.ofType(Quantity).value * 3 - component.value.ofType(Quantity).value.aggregate($this + $total, 0) <= 0.15 and value.ofType(Quantity).value * 3 - component.value.ofType(Quantity).value.aggregate($this + $total, 0) >= -0.15)"

Invariant: tp-peg-3
Description: "A PEG total without a value says why it has none."
Severity: #error
Expression: "value.exists() or dataAbsentReason.exists()"

// Examples

RuleSet: PegExample
* insert Invented
* status = #final
* category = $observation-category#survey
* subject = Reference(ana)
* performer = Reference(ana)
* effectiveDateTime = "2026-01-20T09:50:00Z"
* encounter = Reference(tp-encounter-1-pass)
* extension[sessionPhase].valueCode = #intake

Instance: peg-panel-at-intake
InstanceOf: TenderpointPegPanel
Usage: #example
Title: "PEG panel at intake"
Description: "The filling-in to which the total belongs."
* insert PegExample
* code = $loinc#91148-7
* hasMember = Reference(tp-peg-2-pass)

RuleSet: PegTotalExample
* insert PegExample
* code = $loinc#91147-9 "Mean score [PEG]"
* component[pain].code = $loinc#75893-8 "Pain severity in the past week - 0-10 numeric rating [Reported]"
* component[enjoyment].code = $loinc#91145-3 "What number best describes how pain has interfered with your enjoyment of life during the past week"
* component[activity].code = $loinc#91146-1 "What number best describes how pain has interfered with your general activity during the past week"

Instance: tp-peg-1-pass
InstanceOf: TenderpointPegTotal
Usage: #example
Title: "PEG at the ends of the scale"
Description: "Answers of 0 and 10 are within the scale."
* insert PegTotalExample
* valueQuantity = 5 '{score}' "{score}"
* component[pain].valueQuantity = 10 '{score}' "{score}"
* component[enjoyment].valueQuantity = 0 '{score}' "{score}"
* component[activity].valueQuantity = 5 '{score}' "{score}"

Instance: tp-peg-2-pass
InstanceOf: TenderpointPegTotal
Usage: #example
Title: "PEG total at intake"
Description: "The mean of 6, 7 and 7, rounded to 6.7."
* insert PegTotalExample
* valueQuantity = 6.7 '{score}' "{score}"
* component[pain].valueQuantity = 6 '{score}' "{score}"
* component[enjoyment].valueQuantity = 7 '{score}' "{score}"
* component[activity].valueQuantity = 7 '{score}' "{score}"

Instance: tp-peg-3-pass
InstanceOf: TenderpointPegTotal
Usage: #example
Title: "PEG with an unanswered question"
Description: "One question was left out, so there is no total."
* insert PegTotalExample
* dataAbsentReason = http://terminology.hl7.org/CodeSystem/data-absent-reason#unknown
* component[pain].valueQuantity = 6 '{score}' "{score}"
* component[enjoyment].valueQuantity = 7 '{score}' "{score}"
* component[activity].dataAbsentReason = http://terminology.hl7.org/CodeSystem/data-absent-reason#asked-declined
