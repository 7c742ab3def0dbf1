package org.tenderpoint.demo;

import java.util.List;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Composition;
import org.hl7.fhir.r4.model.Composition.CompositionStatus;
import org.hl7.fhir.r4.model.Narrative;
import org.hl7.fhir.r4.model.Narrative.NarrativeStatus;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.utilities.xhtml.NodeType;
import org.hl7.fhir.utilities.xhtml.XhtmlNode;
import org.tenderpoint.demo.Course.Visit;

/** The therapist's note of a visit, in the four sections subjective, objective, assessment, plan. */
final class SessionNote {

    private static final List<Coding> SECTIONS = List.of(
            Codes.coding(Codes.LOINC, "61150-9", "Subjective Narrative"),
            Codes.coding(Codes.LOINC, "61149-1", "Objective Narrative"),
            Codes.coding(Codes.LOINC, "51848-0", "Assessment note"),
            Codes.coding(Codes.LOINC, "18776-5", "Plan of care note"));

    private static final List<String> TITLES = List.of("Subjective", "Objective", "Assessment", "Plan");

    private SessionNote() {}

    /** The note without the people it names. */
    static Composition of(Visit visit, String name, List<Reference> findings, List<Reference> done) {
        var note = new Composition()
                .setIdentifier(DemoBundle.identifier("Composition", name + "-note"))
                .setStatus(visit.draft() ? CompositionStatus.PRELIMINARY : CompositionStatus.FINAL)
                .setType(new CodeableConcept().addCoding(Codes.coding(Codes.LOINC, "11506-3", "Progress note")))
                .setTitle("Massage therapy visit note");
        for (int i = 0; i < visit.note().size(); i++) {
            note.addSection()
                    .setTitle(TITLES.get(i))
                    .setCode(new CodeableConcept().addCoding(SECTIONS.get(i).copy()))
                    .setText(narrative(visit.note().get(i)));
        }
        var objective = note.getSection().get(1);
        findings.forEach(finding -> objective.addEntry(finding.copy()));
        done.forEach(technique -> objective.addEntry(technique.copy()));
        return note;
    }

    private static Narrative narrative(String text) {
        var div = new XhtmlNode(NodeType.Element, "div");
        div.attribute("xmlns", "http://www.w3.org/1999/xhtml");
        div.addTag("p").addText(text);
        var narrative = new Narrative().setStatus(NarrativeStatus.ADDITIONAL);
        narrative.setDiv(div);
        return narrative;
    }
}
