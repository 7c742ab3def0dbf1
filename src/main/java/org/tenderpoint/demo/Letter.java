package org.tenderpoint.demo;

import static java.nio.charset.StandardCharsets.US_ASCII;

import org.hl7.fhir.r4.model.Attachment;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.Enumerations.DocumentReferenceStatus;

/** A referral letter as a scanner sends it: a page that people read and machines do not. */
final class Letter {

    private Letter() {}

    static DocumentReference of(Course course, Days days) {
        var letter = new DocumentReference()
                .setStatus(DocumentReferenceStatus.CURRENT)
                .setType(Codes.of(Codes.LOINC, "57133-1").setText("Referral letter"))
                .setSubject(DemoBundle.to("Patient", course.key()))
                .setDateElement(new org.hl7.fhir.r4.model.InstantType(
                        Days.dateTime(days.at(course.order().day(), "09:30")).getValue()))
                .addAuthor(DemoBundle.to("Practitioner", course.physician()));
        letter.addContent()
                .setAttachment(new Attachment()
                        .setContentType("application/pdf")
                        .setTitle("Referral letter")
                        .setData(pdf(course.letter())));
        return letter;
    }

    /** The smallest page that viewers open; {@code text} is plain ASCII without brackets. */
    private static byte[] pdf(String text) {
        var page = "BT /F1 12 Tf 60 720 Td (" + text + ") Tj ET";
        return """
                %%PDF-1.4
                1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj
                2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj
                3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R\
                /Resources<</Font<</F1 <</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>> endobj
                4 0 obj <</Length %d>> stream
                %s
                endstream endobj
                trailer <</Root 1 0 R>>
                """
                .formatted(page.length(), page)
                .getBytes(US_ASCII);
    }
}
