// Room: swelling. Swelling as it is seen, and the girth of a limb as it is measured.

Profile: TenderpointLimbGirth
Parent: Observation
Id: limb-girth
Title: "Limb Girth"
Description: "Circumference of a limb at a stated level, in centimetres."
* obeys tp-swelling-1 and tp-swelling-2
* insert Measured
* code = $massage#limb-girth
* insert QuantityIn(cm)
* bodySite 1..1 MS
  * ^short = "The limb; the text says at which level"
  * extension contains Side named side 0..1 MS
* insert SideComponent
* component contains side 0..1 MS
* insert SideValue

Invariant: tp-swelling-1
Description: "A girth is more than 0 and at most 200 centimetres."
Severity: #error
Expression: "value.ofType(Quantity).value.all($this > 0 and $this <= 200)"

Invariant: tp-swelling-2
Description: "A girth says on which side it was measured, in a component or beside the body site."
Severity: #error
Expression: "component.where(code.coding.where(system = 'https://tenderpoint.org/fhir/CodeSystem/massage' and code = 'side').exists()).exists() or bodySite.extension('https://tenderpoint.org/fhir/StructureDefinition/side').exists()"

Profile: TenderpointSwelling
Parent: Observation
Id: swelling
Title: "Swelling"
Description: "Swelling of a region, with its degree and whether pressing leaves a pit."
* obeys tp-swelling-3
* insert Measured
* code from SwellingCodes (required)
* bodySite MS
* value[x] MS
* value[x] only boolean
* insert SideComponent
* component contains side 0..1 MS and degree 0..1 MS and pitting 0..1 MS
* insert SideValue
* component[degree]
  * code = $massage#degree
  * value[x] 1..1
  * value[x] only CodeableConcept
  * valueCodeableConcept from Degrees (required)
* component[pitting]
  * code = $massage#pitting
  * value[x] only boolean

Invariant: tp-swelling-3
Description: "What is not swollen has no degree of swelling."
Severity: #error
Expression: "value.ofType(boolean).where($this = false).exists() implies component.where(code.coding.where(system = 'https://tenderpoint.org/fhir/CodeSystem/massage' and code = 'degree').exists()).empty()"

ValueSet: SwellingCodes
Id: swelling-codes
Title: "Swelling"
Description: "Kinds of swelling."
* ^experimental = false
* insert SnomedNotice
* $sct#65124004
* $sct#298349001
* $sct#271771009
* $sct#267038008
* $sct#102572006
* $sct#80068009

// Examples

Instance: tp-swelling-1-pass
InstanceOf: TenderpointLimbGirth
Usage: #example
Title: "Girth of the left upper arm"
Description: "Ten centimetres above the elbow."
* insert ExamExample
* code = $massage#limb-girth
* bodySite = $sct#40983000
* valueQuantity = 34 'cm' "cm"
* component[side].valueCodeableConcept = $sct#7771000 "Left"

Instance: tp-swelling-2-pass
InstanceOf: TenderpointLimbGirth
Usage: #example
Title: "Girth of the left upper arm"
Description: "Ten centimetres above the elbow."
* insert ExamExample
* code = $massage#limb-girth
* bodySite = $sct#40983000
* valueQuantity = 34 'cm' "cm"
* component[side].valueCodeableConcept = $sct#7771000 "Left"

Instance: tp-swelling-3-pass
InstanceOf: TenderpointSwelling
Usage: #example
Title: "No swelling"
Description: "Looked for, and not found."
* insert ExamExample
* code = $sct#65124004
* bodySite = $sct#30021000
* valueBoolean = false
