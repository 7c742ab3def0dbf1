// Room: neuropathicpain. Scores of instruments that tell nerve pain from other pain; their items belong to their owners.

Profile: TenderpointNeuropathicPain
Parent: Observation
Id: neuropathic-pain
Title: "Neuropathic Pain Score"
Description: "A total of DN4, painDETECT or S-LANSS, without the items, which are licensed."
* obeys tp-neuropathicpain-1
* insert Measured
* code from NeuropathicPainCodes (required)
* insert QuantityIn({score})
* component 0..0

Invariant: tp-neuropathicpain-1
Description: "DN4 goes from 0 to 10, painDETECT from -1 to 38, S-LANSS from 0 to 24."
Severity: #error
Expression: "(code.coding.where(system = 'https://tenderpoint.org/fhir/CodeSystem/massage' and code = 'dn4').exists() implies value.ofType(Quantity).value.all($this >= 0 and $this <= 10)) and (code.coding.where(system = 'https://tenderpoint.org/fhir/CodeSystem/massage' and code = 'paindetect').exists() implies value.ofType(Quantity).value.all($this >= -1 and $this <= 38)) and (code.coding.where(system = 'https://tenderpoint.org/fhir/CodeSystem/massage' and code = 's-lanss').exists() implies value.ofType(Quantity).value.all($this >= 0 and $this <= 24))"

ValueSet: NeuropathicPainCodes
Id: neuropathic-pain-codes
Title: "Neuropathic Pain Scores"
Description: "DN4, painDETECT, S-LANSS."
* ^experimental = false
* MassageCodes#dn4
* MassageCodes#paindetect
* MassageCodes#s-lanss

// Examples

Instance: tp-neuropathicpain-1-pass
InstanceOf: TenderpointNeuropathicPain
Usage: #example
Title: "DN4 of 6"
Description: "Four or more speaks for nerve pain."
* insert SurveyExample
* code = $massage#dn4
* valueQuantity = 6 '{score}' "{score}"
