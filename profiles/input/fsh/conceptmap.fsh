// Room: terminology. Local codes and the nearest standard codes; equal in use they are not.

Instance: massage-to-snomed
InstanceOf: ConceptMap
Usage: #definition
Title: "Massage Codes to SNOMED CT"
Description: "The nearest SNOMED CT code of a local code. The standard code says less."
* url = "https://tenderpoint.org/fhir/ConceptMap/massage-to-snomed"
* name = "MassageToSnomed"
* title = "Massage Codes to SNOMED CT"
* status = #draft
* experimental = false
* description = "The nearest SNOMED CT code of a local code. The standard code says less."
* sourceUri = "https://tenderpoint.org/fhir/ValueSet/massage"
* targetUri = "http://snomed.info/sct?fhir_vs"
* group.source = "https://tenderpoint.org/fhir/CodeSystem/massage"
* group.target = "http://snomed.info/sct"
* group.element[0].code = #passive-stretch
* group.element[0].target.code = #129420008
* group.element[0].target.equivalence = #wider
* group.element[1].code = #cold
* group.element[1].target.code = #182660006
* group.element[1].target.equivalence = #wider
* group.element[2].code = #home-exercise-teaching
* group.element[2].target.code = #386463000
* group.element[2].target.equivalence = #wider
* group.element[3].code = #post-session-soreness
* group.element[3].target.code = #68962001
* group.element[3].target.equivalence = #wider
* group.element[4].code = #massage-plan-of-care
* group.element[4].target.code = #734163000
* group.element[4].target.equivalence = #wider
* group.element[5].code = #effleurage
* group.element[5].target.code = #387854002
* group.element[5].target.equivalence = #wider
* group.element[6].code = #petrissage
* group.element[6].target.code = #387854002
* group.element[6].target.equivalence = #wider
* group.element[7].code = #friction
* group.element[7].target.code = #387854002
* group.element[7].target.equivalence = #wider
* group.element[8].code = #tapotement
* group.element[8].target.code = #387854002
* group.element[8].target.equivalence = #wider
* group.element[9].code = #vibration
* group.element[9].target.code = #387854002
* group.element[9].target.equivalence = #wider
* group.element[10].code = #trigger-point-therapy
* group.element[10].target.code = #387854002
* group.element[10].target.equivalence = #wider
* group.element[11].code = #myofascial-release
* group.element[11].target.code = #387854002
* group.element[11].target.equivalence = #wider
* group.element[12].code = #neuromuscular-therapy
* group.element[12].target.code = #387854002
* group.element[12].target.equivalence = #wider
* group.element[13].code = #manual-lymph-drainage
* group.element[13].target.code = #387854002
* group.element[13].target.equivalence = #wider
* group.element[14].code = #gentle-pressure
* group.element[14].target.code = #387854002
* group.element[14].target.equivalence = #wider
* group.element[15].code = #scar-massage
* group.element[15].target.code = #387854002
* group.element[15].target.equivalence = #wider
