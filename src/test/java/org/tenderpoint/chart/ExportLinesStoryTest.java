package org.tenderpoint.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jooq.DSLContext;
import org.tenderpoint.access.Caller;
import org.tenderpoint.access.Role;
import org.tenderpoint.access.Scopes;
import org.tenderpoint.chart.ExportLines.Member;
import org.tenderpoint.chart.ExportLines.Part;
import org.tenderpoint.testing.Database;
import org.tenderpoint.testing.EachDatabase;
import org.tenderpoint.testing.Server;

/** Wherever pages of an export end, everything is in them, once. */
class ExportLinesStoryTest {

    private static final String ORGANIZATIONS = "https://tenderpoint.org/demo/organization";

    @EachDatabase
    void noBorderOfAPageLosesARowOrShowsItTwice(Database database) {
        var server = Server.on(database);
        var ehr = caller(server, Role.EHR, "north-family-medicine");

        for (var type : List.of("Patient", "Observation", "Composition")) {
            var whole = rows(lines(server, 1_000, 100_000), ehr, type);

            assertThat(whole).as(type).hasSizeGreaterThan(1).doesNotHaveDuplicates();
            assertThat(rows(lines(server, 1, 1), ehr, type)).as(type).isEqualTo(whole);
            assertThat(rows(lines(server, 2, 3), ehr, type)).as(type).isEqualTo(whole);
            assertThat(rows(lines(server, 3, 7), ehr, type)).as(type).isEqualTo(whole);
        }
    }

    @EachDatabase
    void noMemberIsLeftOut(Database database) {
        var server = Server.on(database);
        var insurer = caller(server, Role.INSURER, "evergreen-mutual");

        var whole = members(lines(server, 1_000, 1), insurer);

        assertThat(whole).hasSizeGreaterThan(1).doesNotHaveDuplicates();
        assertThat(members(lines(server, 1, 1), insurer)).isEqualTo(whole);
        assertThat(members(lines(server, 2, 1), insurer)).isEqualTo(whole);
    }

    private static List<String> rows(ExportLines lines, Caller caller, String type) {
        var found = new ArrayList<String>();
        var shown = lines.rows(
                caller,
                new Part(type, null, Instant.now(), false),
                page -> page.forEach(row -> found.add(row.toString())));
        assertThat(shown).isEqualTo(found.size());
        return found;
    }

    private static List<Member> members(ExportLines lines, Caller caller) {
        var found = new ArrayList<Member>();
        for (var some = lines.members(caller, 0);
                some.isPresent();
                some = lines.members(caller, some.get().end())) {
            found.addAll(some.get().members());
        }
        return found;
    }

    private static ExportLines lines(Server server, int patients, int rows) {
        return new ExportLines(
                server.bean(DSLContext.class),
                server.bean(Chart.class).visibility(),
                server.bean(AuditTrail.class),
                server.bean(Clock.class),
                patients,
                rows);
    }

    private static Caller caller(Server server, Role role, String organization) {
        var id = server.bean(Chart.class).organizationWith(ORGANIZATIONS, organization);
        return new Caller("demo", role, id.orElseThrow(), Scopes.parse(List.of("system/*.rs")));
    }
}
