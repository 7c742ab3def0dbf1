// Room: globalchange. What the patient says has changed on the whole.

Profile: TenderpointGlobalChange
Parent: Observation
Id: global-change
Title: "Global Impression of Change"
Description: "From 1, very much improved, to 7, very much worse: as a number, or as one of the seven answers."
* obeys tp-globalchange-1
* insert Measured
* code = $massage#pgic
* value[x] MS
* value[x] only Quantity or CodeableConcept
* valueQuantity
  * value 1..1 MS
  * system 1..1
  * system = $ucum
  * code 1..1
  * code = #{score}
* valueCodeableConcept from GlobalChangeAnswers (required)

Invariant: tp-globalchange-1
Description: "The impression is a whole number from 1 to 7."
Severity: #error
Expression: "value.ofType(Quantity).value.all($this >= 1 and $this <= 7 and $this mod 1 = 0)"

ValueSet: GlobalChangeAnswers
Id: global-change-answers
Title: "Answers of Global Change"
Description: "From very much improved to very much worse."
* ^experimental = false
* MassageCodes#pgic-1
* MassageCodes#pgic-2
* MassageCodes#pgic-3
* MassageCodes#pgic-4
* MassageCodes#pgic-5
* MassageCodes#pgic-6
* MassageCodes#pgic-7

// Examples

Instance: tp-globalchange-1-pass
InstanceOf: TenderpointGlobalChange
Usage: #example
Title: "Much improved"
Description: "As a number."
* insert SurveyExample
* code = $massage#pgic
* valueQuantity = 2 '{score}' "{score}"

Instance: global-change-as-answer
InstanceOf: TenderpointGlobalChange
Usage: #example
Title: "Much improved, as an answer"
Description: "As a form gives it."
* insert SurveyExample
* code = $massage#pgic
* valueCodeableConcept = $massage#pgic-2
