package org.tenderpoint.page;

import com.openhtmltopdf.extend.FSObjectDrawer;
import com.openhtmltopdf.extend.FSObjectDrawerFactory;
import com.openhtmltopdf.outputdevice.helper.BaseRendererBuilder.FontStyle;
import com.openhtmltopdf.outputdevice.helper.ExternalResourceControlPriority;
import com.openhtmltopdf.pdfboxout.PdfRendererBuilder;
import com.openhtmltopdf.pdfboxout.PdfRendererBuilder.PdfAConformance;
import com.openhtmltopdf.util.XRLog;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.tenderpoint.page.Block.Charts;
import org.w3c.dom.Element;

/**
 * A page as PDF: PDF/A-2a, tagged, with its fonts inside. The layout engine and the fonts are loaded when the first page
 * is written. Characters that the fonts do not have (they have Latin, Greek and Cyrillic) are written as {@code #}.
 */
public final class PdfPage {

    private static final String FONT = "Liberation Sans";
    private static final int REGULAR = 400;
    private static final int BOLD = 700;

    private PdfPage() {}

    /** The whole page, on as many sheets as it needs. */
    public static byte[] write(Page page) {
        var charts = page.sections().stream()
                .flatMap(section -> section.blocks().stream())
                .filter(Charts.class::isInstance)
                .flatMap(block -> ((Charts) block).charts().stream())
                .toList();
        try (var pdf = new ByteArrayOutputStream()) {
            new PdfRendererBuilder()
                    .useFastMode()
                    .usePdfAConformance(PdfAConformance.PDFA_2_A)
                    .usePdfUaAccessibility(true)
                    .useColorProfile(Loaded.COLOURS)
                    .useFont(() -> new ByteArrayInputStream(Loaded.REGULAR_FONT), FONT, REGULAR, FontStyle.NORMAL, true)
                    .useFont(() -> new ByteArrayInputStream(Loaded.BOLD_FONT), FONT, BOLD, FontStyle.NORMAL, true)
                    // A page is whole in itself: nothing is fetched, whatever an address in it might say.
                    .useExternalResourceAccessControl(
                            (uri, type) -> false, ExternalResourceControlPriority.RUN_BEFORE_RESOLVING_URI)
                    .useUriResolver((base, uri) -> null)
                    .useObjectDrawerFactory(new Drawers(charts))
                    .withProducer("Tenderpoint")
                    .withW3cDocument(PageMarkup.of(page, Loaded.STYLE), "")
                    .toStream(pdf)
                    .run();
            return pdf.toByteArray();
        } catch (IOException broken) {
            throw new UncheckedIOException("a PDF could not be written", broken);
        }
    }

    /** What is read once, when the first page is written. */
    private static final class Loaded {
        static final byte[] REGULAR_FONT =
                bytes(PDDocument.class, "/org/apache/pdfbox/resources/ttf/LiberationSans-Regular.ttf");
        static final byte[] BOLD_FONT = bytes(PdfPage.class, "LiberationSans-Bold.ttf");
        static final String STYLE = new String(bytes(PdfPage.class, "page.css"), StandardCharsets.UTF_8);
        static final byte[] COLOURS =
                ICC_Profile.getInstance(ColorSpace.CS_sRGB).getData();

        static {
            // It logs what it lays out, and texts of a patient with it.
            XRLog.setLoggingEnabled(false);
        }

        private static byte[] bytes(Class<?> beside, String name) {
            try (var file = beside.getResourceAsStream(name)) {
                return Objects.requireNonNull(file, name).readAllBytes();
            } catch (IOException missing) {
                throw new UncheckedIOException(missing);
            }
        }
    }

    private record Drawers(List<Chart> charts) implements FSObjectDrawerFactory {

        @Override
        public FSObjectDrawer createDrawer(Element object) {
            return new ChartDrawer(charts.get(Integer.parseInt(object.getAttribute("data"))));
        }

        @Override
        public boolean isReplacedObject(Element element) {
            return element.getTagName().equals("object") && PageMarkup.CHART.equals(element.getAttribute("type"));
        }
    }
}
