package org.tenderpoint.questionnaire;

import ca.uhn.fhir.context.FhirContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.Questionnaire;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.tenderpoint.access.Caller;
import org.tenderpoint.access.Role;
import org.tenderpoint.access.Scopes;
import org.tenderpoint.chart.Change;
import org.tenderpoint.chart.Chart;
import org.tenderpoint.chart.QueryReader;
import org.tenderpoint.chart.RecordTypes;
import org.tenderpoint.chart.Stored;
import org.tenderpoint.server.Asked;
import org.tenderpoint.server.FhirJson;
import org.tenderpoint.server.Writes;

/** Puts the product's forms into the directory at start, and newer versions in the place of older ones. */
@Component
@Order(0)
class FormLoader implements ApplicationRunner {

    private static final Logger log = LoggerFactory.getLogger(FormLoader.class);

    private static final Caller LOADER = new Caller("product-forms", Role.ADMINISTRATOR, null, Scopes.ALL_SYSTEM);

    private final Forms forms;
    private final Chart chart;
    private final Writes writes;
    private final FhirContext fhir;

    FormLoader(Forms forms, Chart chart, Writes writes, FhirContext fhir) {
        this.forms = forms;
        this.chart = chart;
        this.writes = writes;
        this.fhir = fhir;
    }

    @Override
    public void run(ApplicationArguments arguments) {
        var standing = standing();
        var acts = new ArrayList<Asked>();
        for (var form : forms.own().values()) {
            var row = standing.get(form.getUrl());
            if (row == null) {
                var identifier = form.getIdentifierFirstRep();
                acts.add(new Asked.Plain(new Change.Create(
                        form.copy(),
                        null,
                        List.of(identifier.getSystem() + "|" + identifier.getValue()),
                        null,
                        "Questionnaire")));
            } else if (!isOfTheSameVersion(row, form)) {
                acts.add(new Asked.Plain(
                        new Change.Update(row.id(), form.copy(), null, row.version(), "Questionnaire")));
            }
        }
        if (!acts.isEmpty()) {
            writes.carryOut(LOADER, acts, "forms of this version");
            log.info("{} forms are new or newer", acts.size());
        }
    }

    private boolean isOfTheSameVersion(Stored row, Questionnaire form) {
        return form.getVersion().equals(((Questionnaire) FhirJson.parse(fhir, row.json())).getVersion());
    }

    private Map<String, Stored> standing() {
        var identifiers = forms.own().values().stream()
                .map(Questionnaire::getIdentifierFirstRep)
                .map(identifier -> identifier.getSystem() + "|" + identifier.getValue())
                .collect(Collectors.joining(","));
        var query = QueryReader.read(
                RecordTypes.require("Questionnaire"), Map.of("identifier", new String[] {identifiers}));
        var standing = new HashMap<String, Stored>();
        chart.search(LOADER, query)
                .matches()
                .forEach(row -> standing.put(((Questionnaire) FhirJson.parse(fhir, row.json())).getUrl(), row));
        return standing;
    }
}
