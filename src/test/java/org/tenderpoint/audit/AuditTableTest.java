package org.tenderpoint.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.tenderpoint.chart.AuditEntry;

class AuditTableTest {

    private static final UUID PATIENT = UUID.fromString("9a4c4acd-72fa-44a2-99fa-ffeaef849101");

    @Test
    void whatASpreadsheetWouldCalculateIsText() {
        var lines = AuditTable.csv(List.of(entry("=HYPERLINK(\"https://attacker.example.org\")")), true)
                .split("\r\n");

        assertThat(lines).hasSize(2);
        assertThat(lines[0]).startsWith("\"recorded\",\"client\"");
        assertThat(lines[1])
                .startsWith("\"2026-11-22T10:00:00Z\",\"demo-ehr\"")
                .contains("\"" + PATIENT + "\"")
                .contains("\"'=HYPERLINK(\"\"https://attacker.example.org\"\")\"")
                .contains("\"Condition?code=1\"");
    }

    @Test
    void aPatientsTableHasNobodyElseAndNothingThatWasSearchedFor() {
        var table = AuditTable.csv(List.of(entry("a clinic reads")), false);

        assertThat(table).doesNotContain("patients", PATIENT.toString(), "Condition?");
    }

    @Test
    void whatSomebodyHasSentIsNoMarkup() {
        var names = Map.of("Practitioner/1", "<b>Mina</b>");

        var html = AuditTable.html(List.of(entry("<script>")), names, true);

        assertThat(html)
                .contains("&lt;script&gt;", "&lt;b&gt;Mina&lt;/b&gt;", "?patient=" + PATIENT)
                .doesNotContain("<script>", "<b>");
    }

    private static AuditEntry entry(String ground) {
        return new AuditEntry(
                UUID.randomUUID(),
                Instant.parse("2026-11-22T10:00:00Z"),
                "demo-ehr",
                null,
                "Practitioner/1",
                "EHR",
                "search",
                "Condition",
                null,
                null,
                List.of(PATIENT),
                2,
                true,
                ground,
                null,
                "127.0.0.1",
                null,
                "Condition?code=1",
                "TREAT");
    }
}
