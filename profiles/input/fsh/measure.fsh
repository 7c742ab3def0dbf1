// Shapes that the measures of several rooms share.

RuleSet: Measured
* extension contains SessionPhase named sessionPhase 0..1 MS
* status MS
* category MS
* code MS
* subject 1..1 MS
* subject only Reference(Patient)
* encounter MS
* effective[x] 1..1 MS
* effective[x] only dateTime or Period
* performer MS

RuleSet: QuantityIn(unit)
* value[x] MS
* value[x] only Quantity
* valueQuantity
  * value 1..1 MS
  * system 1..1
  * system = $ucum
  * code 1..1
  * code = #{unit}

RuleSet: SideComponent
* component MS
  * ^slicing.discriminator.type = #pattern
  * ^slicing.discriminator.path = "code"
  * ^slicing.rules = #open

RuleSet: SideValue
* component[side]
  * code = $massage#side
  * value[x] 1..1
  * value[x] only CodeableConcept
  * valueCodeableConcept from Laterality (required)

RuleSet: SurveyExample
* insert Invented
* status = #final
* category = $observation-category#survey
* subject = Reference(ana)
* performer = Reference(ana)
* effectiveDateTime = "2026-01-20T10:05:00Z"

RuleSet: ExamExample
* insert Invented
* status = #final
* category = $observation-category#exam
* subject = Reference(ana)
* encounter = Reference(tp-encounter-1-pass)
* performer = Reference(massage-therapist)
* effectiveDateTime = "2026-01-20T10:10:00Z"
