package org.tenderpoint.careplan;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/**
 * What the restrictions of our code system forbid, read once from {@code restrictions.json}.
 *
 * @param restrictions by code
 * @param map of the body
 */
record Forbids(Map<String, Scope> restrictions, BodyMap map) {

    private record File(Map<String, Scope> restrictions) {}

    /**
     * What one restriction forbids.
     *
     * @param everyTouch true where no hands are laid on at all
     * @param techniques codes of techniques
     * @param sites SNOMED CT codes of the only body sites for which that holds; everywhere where empty
     * @param siteWords parts of a body site's text that mean the same
     * @param needsArea true where it forbids nothing unless the plan says on which part of the body
     */
    record Scope(
            boolean everyTouch,
            List<String> techniques,
            List<String> sites,
            List<String> siteWords,
            boolean needsArea) {

        Scope {
            techniques = techniques == null ? List.of() : List.copyOf(techniques);
            sites = sites == null ? List.of() : List.copyOf(sites);
            siteWords = siteWords == null ? List.of() : List.copyOf(siteWords);
        }
    }

    Forbids {
        restrictions = Map.copyOf(restrictions);
    }

    static Forbids load() {
        try (var file = Forbids.class.getResourceAsStream("restrictions.json")) {
            return new Forbids(
                    JsonMapper.builder().build().readValue(file, File.class).restrictions(), BodyMap.load());
        } catch (IOException broken) {
            throw new UncheckedIOException("restrictions.json cannot be read", broken);
        }
    }
}
