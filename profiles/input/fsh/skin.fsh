// Room: skin. Colour and temperature of the skin; a finding, and no claim about circulation.

Profile: TenderpointSkin
Parent: Observation
Id: skin
Title: "Skin Colour and Temperature"
Description: "Colour or temperature of the skin of a region."
* obeys tp-skin-1
* insert Measured
* code = $massage#skin-colour-temp
* bodySite MS
* value[x] 1..1 MS
* value[x] only CodeableConcept
* valueCodeableConcept from SkinFindings (required)
* insert SideComponent
* component contains side 0..1 MS
* insert SideValue

Invariant: tp-skin-1
Description: "A finding of the skin says where it is."
Severity: #error
Expression: "bodySite.exists()"

ValueSet: SkinFindings
Id: skin-finding
Title: "Findings of the Skin"
Description: "Colour and temperature."
* ^experimental = false
* MassageCodes#skin-normal
* MassageCodes#skin-pale
* MassageCodes#skin-red
* MassageCodes#skin-blue
* MassageCodes#skin-warm
* MassageCodes#skin-cold

// Examples

Instance: tp-skin-1-pass
InstanceOf: TenderpointSkin
Usage: #example
Title: "Warm skin"
Description: "Over the right knee."
* insert ExamExample
* code = $massage#skin-colour-temp
* bodySite = $sct#72696002
* valueCodeableConcept = $massage#skin-warm
* component[side].valueCodeableConcept = $sct#24028007 "Right"
