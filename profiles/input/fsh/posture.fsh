// Room: posture. Deviations of posture, seen and graded; no claim what they cause.

Profile: TenderpointPosture
Parent: Observation
Id: posture
Title: "Posture Finding"
Description: "One deviation of posture, with its degree and its side where it has one."
* obeys tp-posture-1
* insert Measured
* code = $massage#posture-finding
* value[x] 1..1 MS
* value[x] only CodeableConcept
* valueCodeableConcept from PostureDeviations (required)
* insert SideComponent
* component contains side 0..1 MS and degree 0..1 MS
* insert SideValue
* component[degree]
  * code = $massage#degree
  * value[x] 1..1
  * value[x] only CodeableConcept
  * valueCodeableConcept from Degrees (required)

Invariant: tp-posture-1
Description: "An elevated shoulder, and a pelvis tilted to the side, are so on the right or on the left."
Severity: #error
Expression: "(value.ofType(CodeableConcept).coding.where(system = 'https://tenderpoint.org/fhir/CodeSystem/massage' and (code = 'elevated-shoulder' or code = 'pelvic-tilt-lateral')).exists()) implies component.where(code.coding.where(system = 'https://tenderpoint.org/fhir/CodeSystem/massage' and code = 'side').exists()).value.ofType(CodeableConcept).coding.where(code = '24028007' or code = '7771000').exists()"

ValueSet: PostureDeviations
Id: posture-deviation
Title: "Deviations of Posture"
Description: "What posture can deviate in."
* ^experimental = false
* MassageCodes#forward-head
* MassageCodes#rounded-shoulders
* MassageCodes#elevated-shoulder
* MassageCodes#thoracic-kyphosis-increased
* MassageCodes#lumbar-lordosis-increased
* MassageCodes#lumbar-lordosis-decreased
* MassageCodes#pelvic-tilt-anterior
* MassageCodes#pelvic-tilt-posterior
* MassageCodes#pelvic-tilt-lateral
* MassageCodes#scoliosis
* MassageCodes#leg-length-difference
* MassageCodes#knee-valgus
* MassageCodes#knee-varus
* MassageCodes#foot-pronated
* MassageCodes#foot-supinated

ValueSet: Degrees
Id: degree
Title: "Degrees"
Description: "Mild, moderate, marked."
* ^experimental = false
* MassageCodes#degree-mild
* MassageCodes#degree-moderate
* MassageCodes#degree-marked

// Examples

Instance: tp-posture-1-pass
InstanceOf: TenderpointPosture
Usage: #example
Title: "Elevated shoulder"
Description: "The left shoulder stands higher."
* insert ExamExample
* code = $massage#posture-finding
* valueCodeableConcept = $massage#elevated-shoulder
* component[side].valueCodeableConcept = $sct#7771000 "Left"
* component[degree].valueCodeableConcept = $massage#degree-mild
