package org.tenderpoint.questionnaire;

import ca.uhn.fhir.context.FhirContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hl7.fhir.r4.model.Questionnaire;
import org.springframework.stereotype.Component;
import org.springframework.util.function.SingletonSupplier;
import org.tenderpoint.access.Caller;
import org.tenderpoint.chart.Chart;
import org.tenderpoint.chart.QueryReader;
import org.tenderpoint.chart.RecordTypes;
import org.tenderpoint.server.FhirJson;

/** The forms that there are: those of the product, which lie in the jar, and whatever else is in the directory. */
@Component
class Forms {

    /** Where the canonical URLs of the product's forms begin. */
    static final String BASE = "https://tenderpoint.org/fhir/Questionnaire/";

    private static final List<String> FILES =
            List.of("health-history", "peg", "phq-4", "session-note", "relief-hours", "pgic");

    private final Chart chart;
    private final FhirContext fhir;
    private final SingletonSupplier<Map<String, Questionnaire>> own;

    Forms(Chart chart, FhirContext fhir) {
        this.chart = chart;
        this.fhir = fhir;
        this.own = SingletonSupplier.of(() -> read(fhir));
    }

    /** The product's forms by URL. They are shared and not to be changed. */
    Map<String, Questionnaire> own() {
        return own.obtain();
    }

    /**
     * The form with a canonical URL, with or without a version behind a bar.
     *
     * @return empty where there is none, or none of that version
     */
    Optional<Questionnaire> find(Caller caller, String canonical) {
        var bar = canonical.indexOf('|');
        var url = bar < 0 ? canonical : canonical.substring(0, bar);
        var version = bar < 0 ? "" : canonical.substring(bar + 1);
        var form = Optional.ofNullable(own().get(url)).or(() -> inDirectory(caller, url));
        return form.filter(found -> version.isEmpty() || version.equals(found.getVersion()));
    }

    private Optional<Questionnaire> inDirectory(Caller caller, String url) {
        var query = QueryReader.read(
                RecordTypes.require("Questionnaire"),
                Map.of("url", new String[] {url}, "_sort", new String[] {"-_lastUpdated"}));
        return chart.search(caller, query).matches().stream().findFirst().map(stored ->
                (Questionnaire) FhirJson.parse(fhir, stored.json()));
    }

    private static Map<String, Questionnaire> read(FhirContext fhir) {
        var forms = new LinkedHashMap<String, Questionnaire>();
        for (var file : FILES) {
            try (var stream = Forms.class.getResourceAsStream(file + ".json")) {
                var json = new String(
                        java.util.Objects.requireNonNull(stream, file).readAllBytes(), StandardCharsets.UTF_8);
                var form = fhir.newJsonParser().parseResource(Questionnaire.class, json);
                forms.put(form.getUrl(), form);
            } catch (IOException broken) {
                throw new UncheckedIOException(file, broken);
            }
        }
        return forms;
    }
}
