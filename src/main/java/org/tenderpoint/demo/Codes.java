package org.tenderpoint.demo;

import java.util.Map;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;

/**
 * The words of the demonstration's files and the codes they stand for. A SNOMED CT or LOINC display stands only where
 * it is known to the letter; elsewhere the text says what is meant.
 */
final class Codes {

    static final String MASSAGE = "https://tenderpoint.org/fhir/CodeSystem/massage";
    static final String SNOMED = "http://snomed.info/sct";
    static final String LOINC = "http://loinc.org";
    static final String ICD10CM = "http://hl7.org/fhir/sid/icd-10-cm";
    static final String RXNORM = "http://www.nlm.nih.gov/research/umls/rxnorm";
    static final String CPT = "http://www.ama-assn.org/go/cpt";
    static final String NUCC = "http://nucc.org/provider-taxonomy";
    static final String NPI = "http://hl7.org/fhir/sid/us-npi";
    static final String UCUM = "http://unitsofmeasure.org";
    static final String HL7 = "http://terminology.hl7.org/CodeSystem/";

    /** A code and how a person reads it; {@code display} is the code system's own, or empty. */
    private record Entry(String system, String code, String display, String text) {}

    private static final Map<String, Entry> WORDS = Map.ofEntries(
            // Regions and muscles
            word("neck", SNOMED, "45048000", "", "Neck"),
            word("shoulder", SNOMED, "16982005", "", "Shoulder region"),
            word("upper-back", SNOMED, "122495006", "", "Thoracic spine"),
            word("lumbar", SNOMED, "52612000", "", "Lumbar region"),
            word("buttock", SNOMED, "46862004", "", "Buttock"),
            word("upper-arm", SNOMED, "40983000", "", "Upper arm"),
            word("forearm", SNOMED, "14975008", "", "Forearm"),
            word("thigh", SNOMED, "68367000", "", "Thigh"),
            word("lower-leg", SNOMED, "30021000", "", "Lower leg"),
            word("foot", SNOMED, "56459004", "", "Foot"),
            word("head", SNOMED, "69536005", "", "Head"),
            word("temple", SNOMED, "69536005", "", "Head, temple"),
            word("trapezius", SNOMED, "31764008", "", "Trapezius"),
            word("sternocleidomastoid", SNOMED, "22823000", "", "Sternocleidomastoid"),
            word("quadratus-lumborum", SNOMED, "6001004", "", "Quadratus lumborum"),
            word("lumbar-spine", SNOMED, "122496007", "", "Lumbar spine"),
            word("right", SNOMED, "24028007", "Right", "Right"),
            word("left", SNOMED, "7771000", "Left", "Left"),
            word("bilateral", SNOMED, "51440002", "Bilateral", "Both sides"),
            word("midline", MASSAGE, "midline", "Midline", "Midline"),
            word("prone", SNOMED, "1240000", "", "Prone"),
            word("side-lying", SNOMED, "32185000", "", "Lying on the side"),
            // Movements
            word("flexion", SNOMED, "9964006", "", "Flexion"),
            word("extension", SNOMED, "24154002", "", "Extension"),
            word("abduction", SNOMED, "60074003", "", "Abduction"),
            word("rotation", MASSAGE, "rotation", "Rotation", "Rotation"),
            word("lateral-flexion", MASSAGE, "lateral-flexion", "Lateral flexion", "Lateral flexion"),
            // Measures
            word(
                    "pain",
                    LOINC,
                    "72514-3",
                    "Pain severity - 0-10 verbal numeric rating [Score] - Reported",
                    "Pain 0-10"),
            word("peg", LOINC, "91147-9", "Mean score [PEG]", "PEG"),
            word(
                    "peg-pain",
                    LOINC,
                    "75893-8",
                    "Pain severity in the past week - 0-10 numeric rating [Reported]",
                    "Pain in the past week"),
            word(
                    "peg-enjoyment",
                    LOINC,
                    "91145-3",
                    "What number best describes how pain has interfered with your enjoyment of life during the past week",
                    "Interference with enjoyment of life"),
            word(
                    "peg-activity",
                    LOINC,
                    "91146-1",
                    "What number best describes how pain has interfered with your general activity during the past week",
                    "Interference with general activity"),
            word("koos-jr", LOINC, "82324-5", "", "KOOS JR"),
            word("dn4", MASSAGE, "dn4", "Douleur neuropathique 4", "DN4"),
            word("phq-9", LOINC, "44261-6", "", "PHQ-9"),
            word("phq-9-item-9", LOINC, "44260-8", "", "PHQ-9 item 9"),
            word("odi", LOINC, "97909-6", "", "Oswestry Disability Index"),
            word("ndi", LOINC, "82237-9", "", "Neck Disability Index"),
            word("promis-pain-interference", LOINC, "71961-7", "", "PROMIS-29 pain interference T score"),
            word("promis-sleep-disturbance", LOINC, "71955-9", "", "PROMIS-29 sleep disturbance T score"),
            word("fiqr", MASSAGE, "fiqr", "Revised Fibromyalgia Impact Questionnaire", "FIQR"),
            word("phq-4", MASSAGE, "phq-4", "PHQ-4", "PHQ-4"),
            word("hit-6", MASSAGE, "hit-6", "Headache Impact Test-6", "HIT-6"),
            word("quickdash", MASSAGE, "quickdash", "QuickDASH", "QuickDASH"),
            word("pgic", MASSAGE, "pgic", "Patient Global Impression of Change", "PGIC"),
            word(
                    "headache-days-28d",
                    MASSAGE,
                    "headache-days-28d",
                    "Headache days in 28 days",
                    "Headache days in 28 days"),
            word(
                    "acute-med-days-28d",
                    MASSAGE,
                    "acute-med-days-28d",
                    "Acute medication days in 28 days",
                    "Acute medication days in 28 days"),
            word(
                    "limb-girth",
                    MASSAGE,
                    "limb-girth",
                    "Limb girth",
                    "Girth of the left upper arm, 10 cm above the elbow"),
            word("relief-duration", MASSAGE, "relief-duration", "Duration of relief", "Hours of relief"),
            word("sitting-tolerance", MASSAGE, "sitting-tolerance", "Sitting tolerance", "Sitting tolerance"),
            // People
            word("family-medicine", NUCC, "207Q00000X", "", "Family medicine physician"),
            word("orthopaedics", NUCC, "207X00000X", "", "Orthopaedic surgery physician"),
            word("neurology", NUCC, "2084N0400X", "", "Neurology physician"),
            word("podiatry", NUCC, "213E00000X", "", "Podiatrist"),
            word("rheumatology", NUCC, "207RR0500X", "", "Rheumatology physician"),
            word("massage-therapist", NUCC, "225700000X", "Massage Therapist", "Massage therapist"),
            // Signs
            word("numbness", SNOMED, "102603008", "", "Numbness"),
            word("muscle-weakness", SNOMED, "26544005", "", "Muscle weakness"),
            // After a visit
            word(
                    "post-session-soreness",
                    MASSAGE,
                    "post-session-soreness",
                    "Soreness after treatment",
                    "Soreness after treatment"),
            word("pain-flare", MASSAGE, "pain-flare", "Pain flare", "Flare of the usual pain for more than 48 hours"));

    private Codes() {}

    private static Map.Entry<String, Entry> word(String word, String system, String code, String display, String text) {
        return Map.entry(word, new Entry(system, code, display, text));
    }

    /** The concept of a word. A word that is not in the table is a local code. */
    static CodeableConcept concept(String word) {
        var entry = WORDS.get(word);
        if (entry == null) {
            return local(word);
        }
        var concept = new CodeableConcept().setText(entry.text);
        return entry.code.isEmpty() ? concept : concept.addCoding(coding(entry.system, entry.code, entry.display));
    }

    /** A code of our own; its text is the code read aloud. */
    static CodeableConcept local(String code) {
        return of(MASSAGE, code).setText(code.replace('-', ' '));
    }

    /** An active range of motion: LOINC has a code for the shoulder, and none was found for the spine. */
    static CodeableConcept motion(String joint) {
        var text = joint.replace('-', ' ') + ", active";
        return joint.equals("shoulder-abduction")
                ? of(LOINC, "41381-5").setText(text)
                : of(MASSAGE, "rom-" + joint).setText(text);
    }

    /** A coding; an empty display is none. */
    static Coding coding(String system, String code, String display) {
        var coding = new Coding().setSystem(system).setCode(code);
        return display.isEmpty() ? coding : coding.setDisplay(display);
    }

    static Coding coding(String system, String code) {
        return coding(system, code, "");
    }

    static CodeableConcept of(String system, String code) {
        return new CodeableConcept().addCoding(coding(system, code));
    }
}
