package org.tenderpoint.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import org.apache.pdfbox.Loader;
import org.junit.jupiter.api.Test;
import org.tenderpoint.page.Block.Bullets;
import org.tenderpoint.page.Block.Charts;
import org.tenderpoint.page.Block.Paragraph;
import org.tenderpoint.page.Block.Statement;
import org.tenderpoint.page.Block.Table;

class PdfPageTest {

    private static final Page PAGE = new Page(
            "Progress summary",
            "DRAFT",
            List.of(
                    new Page.Section(
                            "Bottom line", List.of(new Statement("Pain 7 → 3 (−4, ≥ 2 points): <b>better</b>."))),
                    new Page.Section(
                            "Outcomes",
                            List.of(
                                    new Paragraph("Żółć, Ελλάδα, Привет"),
                                    new Bullets(List.of("one", "two")),
                                    new Table(
                                            List.of("Measure", "Value"),
                                            List.of(List.of("ODI", "44"), List.of("NDI", "22"))),
                                    new Charts(List.of(new Chart(
                                            "Pain 7 → 3",
                                            "0–10, lower is better",
                                            BigDecimal.ZERO,
                                            BigDecimal.TEN,
                                            List.of(
                                                    new Chart.Point(LocalDate.of(2026, 3, 4), new BigDecimal(7)),
                                                    new Chart.Point(LocalDate.of(2026, 4, 8), new BigDecimal(3))))))))),
            "From the record of a clinic");

    @Test
    void textIsWhatWasSaidAndMarkupInItStaysText() {
        var text = Pages.text(PdfPage.write(PAGE));

        assertThat(text)
                .contains("Pain 7 → 3 (−4, ≥ 2 points): <b>better</b>.", "Żółć, Ελλάδα, Привет", "DRAFT", "ODI", "one");
    }

    @Test
    void fileIsArchivableAndTagged() throws IOException {
        try (var pdf = Loader.loadPDF(PdfPage.write(PAGE))) {
            var catalog = pdf.getDocumentCatalog();
            var metadata = new String(catalog.getMetadata().toByteArray(), StandardCharsets.UTF_8);

            assertThat(catalog.getMarkInfo().isMarked()).isTrue();
            assertThat(catalog.getLanguage()).isEqualTo("en-US");
            assertThat(catalog.getOutputIntents()).hasSize(1);
            assertThat(metadata).contains("pdfaid:part").containsPattern("part(>|=\")2");
            for (var font : pdf.getPage(0).getResources().getFontNames()) {
                assertThat(pdf.getPage(0).getResources().getFont(font).isEmbedded())
                        .isTrue();
            }
        }
    }

    @Test
    void chartIsDrawnAsLinesAndNotAsAPicture() throws IOException {
        try (var pdf = Loader.loadPDF(PdfPage.write(PAGE))) {
            var resources = pdf.getPage(0).getResources();

            for (var name : resources.getXObjectNames()) {
                assertThat(resources.isImageXObject(name)).isFalse();
            }
            var picture = Pages.picture("page-with-chart", PdfPage.write(PAGE));
            var blue = 0;
            for (var x = 0; x < picture.getWidth(); x++) {
                for (var y = 0; y < picture.getHeight(); y++) {
                    blue += (picture.getRGB(x, y) & 0xFFFFFF) == 0x1F5A7A ? 1 : 0;
                }
            }
            assertThat(blue).isGreaterThan(50);
        }
    }
}
