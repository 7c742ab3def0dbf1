// Room: muscletone. How tense a muscle or region feels.

Profile: TenderpointMuscleTone
Parent: Observation
Id: muscle-tone
Title: "Muscle Tone"
Description: "Tone of a muscle or region on one side, graded by palpation."
* obeys tp-muscletone-1
* insert Measured
* code = $sct#6918002
* value[x] MS
* value[x] only CodeableConcept
* valueCodeableConcept from MuscleToneGrades (required)
* bodySite 1..1 MS
* method MS
* insert SideComponent
* component contains side 0..1 MS
* insert SideValue

Invariant: tp-muscletone-1
Description: "Tone is graded on a side: right, left, both, or the midline."
Severity: #error
Expression: "component.where(code.coding.where(system = 'https://tenderpoint.org/fhir/CodeSystem/massage' and code = 'side').exists()).exists()"

ValueSet: MuscleToneGrades
Id: muscle-tone-grade
Title: "Grades of Muscle Tone"
Description: "From decreased to markedly increased."
* ^experimental = false
* MassageCodes#tone-decreased
* MassageCodes#tone-normal
* MassageCodes#tone-increased-mild
* MassageCodes#tone-increased-moderate
* MassageCodes#tone-increased-marked

// Examples

Instance: tp-muscletone-1-pass
InstanceOf: TenderpointMuscleTone
Usage: #example
Title: "Tense trapezius"
Description: "Moderately increased tone on the right."
* insert ExamExample
* code = $sct#6918002
* bodySite = $sct#31764008
* valueCodeableConcept = $massage#tone-increased-moderate
* component[side].valueCodeableConcept = $sct#24028007 "Right"
