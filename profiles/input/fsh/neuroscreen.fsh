// Room: neuroscreen. Light touch by dermatome.

Profile: TenderpointDermatomeSensation
Parent: Observation
Id: dermatome-sensation
Title: "Light Touch by Dermatome"
Description: "How light touch is felt in one dermatome on one side."
* obeys tp-neuroscreen-1
* insert Measured
* code = $massage#dermatome-sensation
* value[x] 1..1 MS
* value[x] only CodeableConcept
* valueCodeableConcept from Sensations (required)
* insert SideComponent
* component contains side 1..1 MS and dermatome 1..1 MS
* insert SideValue
* component[dermatome]
  * code = $massage#dermatome
  * value[x] 1..1
  * value[x] only string

Invariant: tp-neuroscreen-1
Description: "A dermatome goes from C2 to C8, T1 to T12, L1 to L5, or S1 to S5."
Severity: #error
Expression: "component.where(code.coding.where(system = 'https://tenderpoint.org/fhir/CodeSystem/massage' and code = 'dermatome').exists()).value.ofType(string).all(matches('^(C[2-8]|T([1-9]|1[0-2])|L[1-5]|S[1-5])$'))"

ValueSet: Sensations
Id: sensation
Title: "Sensations"
Description: "How touch is felt."
* ^experimental = false
* MassageCodes#sensation-normal
* MassageCodes#sensation-reduced
* MassageCodes#sensation-absent
* MassageCodes#sensation-increased

// Examples

Instance: tp-neuroscreen-1-pass
InstanceOf: TenderpointDermatomeSensation
Usage: #example
Title: "Reduced touch"
Description: "In L5 on the right."
* insert ExamExample
* code = $massage#dermatome-sensation
* valueCodeableConcept = $massage#sensation-reduced
* component[side].valueCodeableConcept = $sct#24028007 "Right"
* component[dermatome].valueString = "L5"
