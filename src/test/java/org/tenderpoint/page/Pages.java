package org.tenderpoint.page;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.apache.pdfbox.text.PDFTextStripper;

/** A PDF as a test reads it: its text, and its sheets as pictures. */
public final class Pages {

    private static final float DOTS_PER_INCH = 110;

    private Pages() {}

    /** The text in reading order. */
    public static String text(byte[] pdf) {
        try (var document = Loader.loadPDF(pdf)) {
            var stripper = new PDFTextStripper();
            stripper.setSortByPosition(false);
            return stripper.getText(document).replace("\r\n", "\n");
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** How many sheets it has. */
    public static int sheets(byte[] pdf) {
        try (var document = Loader.loadPDF(pdf)) {
            return document.getNumberOfPages();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** Lays each sheet as a PNG beside the compiled tests, for somebody to look at, and gives the first. */
    public static BufferedImage picture(String name, byte[] pdf) {
        try (var document = Loader.loadPDF(pdf)) {
            var folder = Files.createDirectories(Path.of("target", "received"));
            var renderer = new PDFRenderer(document);
            for (var sheet = 0; sheet < document.getNumberOfPages(); sheet++) {
                ImageIO.write(
                        renderer.renderImageWithDPI(sheet, DOTS_PER_INCH),
                        "png",
                        folder.resolve(name + "-" + (sheet + 1) + ".png").toFile());
            }
            Files.write(folder.resolve(name + ".pdf"), pdf);
            return renderer.renderImageWithDPI(0, DOTS_PER_INCH);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
