// Room: rangeofmotion. How far a joint moves.

Profile: TenderpointRangeOfMotion
Parent: Observation
Id: range-of-motion
Title: "Range of Motion"
Description: "One movement of one joint in degrees. Movement, side and active or passive always stand in components, so that queries need not know the LOINC code of every joint."
* obeys tp-rangeofmotion-1 and tp-rangeofmotion-2
* extension contains SessionPhase named sessionPhase 0..1 MS
* status MS
* category MS
* code MS
* code from RangeOfMotionCodes (preferred)
* subject 1..1 MS
* subject only Reference(Patient)
* encounter MS
* effective[x] 1..1 MS
* effective[x] only dateTime or Period
* performer MS
  * ^short = "Who measured; two raters measure less alike than one"
* value[x] MS
* value[x] only Quantity
* valueQuantity
  * value 1..1 MS
  * system 1..1
  * system = $ucum
  * code 1..1
  * code = #deg
* dataAbsentReason MS
* bodySite 1..1 MS
* method MS
* component MS
  * ^slicing.discriminator.type = #pattern
  * ^slicing.discriminator.path = "code"
  * ^slicing.rules = #open
* component contains movement 1..1 MS and side 1..1 MS and activePassive 1..1 MS and startingPosition 0..1 MS
* component[movement]
  * code = $massage#movement
  * value[x] 1..1
  * value[x] only CodeableConcept
  * valueCodeableConcept from JointMovements (extensible)
* component[side]
  * code = $massage#side
  * value[x] 1..1
  * value[x] only CodeableConcept
  * valueCodeableConcept from Laterality (required)
* component[activePassive]
  * code = $massage#active-passive
  * value[x] 1..1
  * value[x] only CodeableConcept
  * valueCodeableConcept from ActivePassive (required)
* component[startingPosition]
  * code = $massage#starting-position
  * value[x] 1..1
  * value[x] only CodeableConcept
  * valueCodeableConcept from StartingPositions (extensible)

Invariant: tp-rangeofmotion-1
Description: "An angle lies between -60 and 200 degrees; a negative angle is a movement that does not reach the neutral position."
Severity: #error
Expression: "value.ofType(Quantity).exists() implies (value.ofType(Quantity).value >= -60 and value.ofType(Quantity).value <= 200)"

Invariant: tp-rangeofmotion-2
Description: "Bending to the side and turning go to the right or to the left, not to the midline."
Severity: #error
Expression: "component.value.ofType(CodeableConcept).coding.where(system = 'https://tenderpoint.org/fhir/CodeSystem/massage' and (code = 'lateral-flexion' or code = 'rotation')).exists() implies component.value.ofType(CodeableConcept).coding.where(system = 'https://tenderpoint.org/fhir/CodeSystem/massage' and code = 'midline').empty()"

ValueSet: RangeOfMotionCodes
Id: range-of-motion-codes
Title: "Range of Motion Codes"
Description: "LOINC codes of joint movements where one was found, local codes elsewhere."
* ^experimental = false
* insert LoincNotice
* $loinc#41389-8
* $loinc#41390-6
* $loinc#41381-5
* $loinc#41382-3
* $loinc#41387-2
* $loinc#41388-0
* $loinc#41391-4
* $loinc#41392-2
* $loinc#41385-6
* $loinc#41386-4
* $loinc#41295-7
* $loinc#41307-0
* $loinc#41297-3
* $loinc#41309-6
* $loinc#41299-9
* $loinc#41343-5
* $loinc#41347-6
* $loinc#41345-0
* $loinc#41349-2
* include codes from system MassageCodes where concept descendent-of #range-of-motion

ValueSet: JointMovements
Id: joint-movement
Title: "Joint Movements"
Description: "Directions in which a joint moves."
* ^experimental = false
* insert SnomedNotice
* $sct#9964006
* $sct#24154002
* $sct#60074003
* $sct#11554009
* $sct#12852001 "Internal rotation"
* $sct#52019005 "External rotation"
* MassageCodes#lateral-flexion
* MassageCodes#rotation
* MassageCodes#dorsiflexion
* MassageCodes#plantar-flexion

ValueSet: ActivePassive
Id: active-passive
Title: "Active or Passive"
Description: "Who moved the joint."
* ^experimental = false
* MassageCodes#active
* MassageCodes#passive
* MassageCodes#assisted

ValueSet: StartingPositions
Id: starting-position
Title: "Starting Positions"
Description: "Prone, supine, sitting, or lying on the side."
* ^experimental = false
* insert SnomedNotice
* $sct#1240000
* $sct#40199007
* $sct#33586001
* $sct#32185000

// Examples

RuleSet: RangeOfMotionExample
* insert Invented
* status = #final
* category = $observation-category#exam
* subject = Reference(ana)
* encounter = Reference(tp-encounter-1-pass)
* effectiveDateTime = "2026-01-20T10:10:00Z"
* performer = Reference(massage-therapist)

Instance: tp-rangeofmotion-1-pass
InstanceOf: TenderpointRangeOfMotion
Usage: #example
Title: "Shoulder flexion"
Description: "Active flexion of the right shoulder to 140 degrees, sitting."
* insert RangeOfMotionExample
* code = $loinc#41389-8
* bodySite = $sct#16982005
* valueQuantity = 140 'deg' "deg"
* component[movement].valueCodeableConcept = $sct#9964006
* component[side].valueCodeableConcept = $sct#24028007 "Right"
* component[activePassive].valueCodeableConcept = $massage#active
* component[startingPosition].valueCodeableConcept = $sct#33586001

Instance: tp-rangeofmotion-2-pass
InstanceOf: TenderpointRangeOfMotion
Usage: #example
Title: "Neck rotation"
Description: "Active turning of the neck to the left, with a local code."
* insert RangeOfMotionExample
* code = $massage#rom-cervical-rotation
* bodySite = $sct#45048000
* valueQuantity = 55 'deg' "deg"
* component[movement].valueCodeableConcept = $massage#rotation
* component[side].valueCodeableConcept = $sct#7771000 "Left"
* component[activePassive].valueCodeableConcept = $massage#active
