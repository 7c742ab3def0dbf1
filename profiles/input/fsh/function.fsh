// Room: function. A score of function as patients report it, without the items of licensed instruments.

Profile: TenderpointFunctionScore
Parent: Observation
Id: function-score
Title: "Function Score"
Description: "A score of function as patients report it, without the items of licensed instruments."
* obeys tp-function-1
* insert Measured
* code from FunctionScoreCodes (required)
* insert QuantityIn({score})

Invariant: tp-function-1
Description: "Scores keep to the range of their instrument."
Severity: #error
Expression: "value.ofType(Quantity).value.all($this >= 0 and $this <= 100) and (code.coding.where(system = 'http://loinc.org' and code = '82237-9').exists() implies value.ofType(Quantity).value.all($this <= 50)) and (code.coding.where(system = 'https://tenderpoint.org/fhir/CodeSystem/massage' and code = 'lefs').exists() implies value.ofType(Quantity).value.all($this <= 80)) and (code.coding.where(system = 'https://tenderpoint.org/fhir/CodeSystem/massage' and code = 'rmdq').exists() implies value.ofType(Quantity).value.all($this <= 24)) and (code.coding.where(system = 'https://tenderpoint.org/fhir/CodeSystem/massage' and code = 'psfs').exists() implies value.ofType(Quantity).value.all($this <= 10)) and (code.coding.where(system = 'https://tenderpoint.org/fhir/CodeSystem/massage' and code = 'hit-6').exists() implies value.ofType(Quantity).value.all($this >= 36 and $this <= 78))"

ValueSet: FunctionScoreCodes
Id: function-score-codes
Title: "Function Score Codes"
Description: "What is scored."
* ^experimental = false
* insert LoincNotice
* $loinc#97909-6
* $loinc#82237-9
* $loinc#82324-5
* $loinc#82316-1
* $loinc#71961-7
* $loinc#71959-1
* $loinc#77865-4
* $loinc#77866-2
* $sct#444875003
* MassageCodes#quickdash
* MassageCodes#lefs
* MassageCodes#psfs
* MassageCodes#fiqr
* MassageCodes#rmdq
* MassageCodes#hit-6

// Examples

Instance: tp-function-1-pass
InstanceOf: TenderpointFunctionScore
Usage: #example
Title: "Function Score"
Description: "Within its range."
* insert SurveyExample
* code = $loinc#82237-9
* valueQuantity = 24 '{score}' "{score}"
