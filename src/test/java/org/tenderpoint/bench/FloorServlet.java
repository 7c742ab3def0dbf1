package org.tenderpoint.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.sql.SQLException;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;

/**
 * The floor of reads and searches: a servlet in the server's own Tomcat that runs the SELECT somebody would write by
 * hand for the same answer, and copies the stored bytes out. No token, no rights, no FHIR, and, but for one path, no audit.
 */
final class FloorServlet extends HttpServlet {

    static final String PATH = "/bench";

    private static final long serialVersionUID = 1L;

    private static final String READ = "select body, version from resource where fhir_id = ? and type = ?";

    private static final String SEARCH =
            """
            select r.body from resource r
            where r.patient_pk = (select pk from resource where fhir_id = ?) and r.type = 'Observation' and not r.deleted
              and exists (select 1 from index_token t
                where t.resource_pk = r.pk and t.patient_pk = r.patient_pk and t.code = ? and t.param =
                  (select id from search_param where resource_type = 'Observation' and name = 'code'))
            order by r.happened desc limit 50""";

    private static final String ENCOUNTERS =
            """
            with e as (select pk, body, happened from resource
              where patient_pk = (select pk from resource where fhir_id = ?) and type = 'Encounter' and not deleted
              order by happened desc limit 20)
            select body from e
            union all
            select r.body from e join index_reference i on i.target_pk = e.pk and i.param =
                (select id from search_param where resource_type = 'Observation' and name = 'encounter')
              join resource r on r.pk = i.resource_pk where not r.deleted""";

    private static final String EVERYTHING =
            """
            select body from resource
            where patient_pk = (select pk from resource where fhir_id = ?) and not deleted""";

    private static final String AUDIT =
            """
            insert into audit (id, recorded, client_id, organization, role, interaction, resource_type, fhir_id, version,
              patient_pk, resources, outcome, ground)
            values (?, now(), 'clinic', ?, 'CLINIC', 'read', ?, ?, 1, 1, 1, 'success', 'a clinic reads the record')""";

    private final transient AtomicLong audits = new AtomicLong(ReplayedRows.FIRST_KEY * 2);
    private final transient DataSource database;

    FloorServlet(DataSource database) {
        this.database = database;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var id = UUID.fromString(request.getParameter("id"));
        try {
            var body =
                    switch (request.getPathInfo()) {
                        case "/read" -> read(id, request.getParameter("type"));
                        case "/audited-read" -> auditedRead(id, request.getParameter("type"));
                        case "/search" -> bundle(SEARCH, id, request.getParameter("code"));
                        case "/encounters" -> bundle(ENCOUNTERS, id);
                        case "/everything" -> bundle(EVERYTHING, id);
                        default -> throw new IOException("no such floor: " + request.getPathInfo());
                    };
            response.setContentType("application/fhir+json;charset=UTF-8");
            response.setContentLength(body.length);
            response.getOutputStream().write(body);
        } catch (SQLException failed) {
            throw new IOException(failed);
        }
    }

    private byte[] read(UUID id, String type) throws SQLException, IOException {
        try (var connection = database.getConnection();
                var select = connection.prepareStatement(READ)) {
            select.setObject(1, id);
            select.setString(2, type);
            try (var rows = select.executeQuery()) {
                if (!rows.next()) {
                    throw new IOException("no such row");
                }
                return rows.getBytes(1);
            }
        }
    }

    /** A read with the one thing that a bare read leaves out and that costs a sync: its entry in the audit. */
    private byte[] auditedRead(UUID id, String type) throws SQLException, IOException {
        var body = read(id, type);
        try (var connection = database.getConnection();
                var insert = connection.prepareStatement(AUDIT)) {
            insert.setLong(1, audits.getAndIncrement());
            insert.setObject(2, id);
            insert.setString(3, type);
            insert.setObject(4, id);
            insert.executeUpdate();
        }
        return body;
    }

    private byte[] bundle(String sql, Object... values) throws SQLException {
        var out = new ByteArrayOutputStream(4096);
        out.writeBytes("{\"resourceType\":\"Bundle\",\"type\":\"searchset\",\"entry\":[".getBytes(UTF_8));
        try (var connection = database.getConnection();
                var select = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                select.setObject(i + 1, values[i]);
            }
            try (var rows = select.executeQuery()) {
                for (var first = true; rows.next(); first = false) {
                    out.writeBytes((first ? "{\"resource\":" : ",{\"resource\":").getBytes(UTF_8));
                    out.writeBytes(rows.getBytes(1));
                    out.write('}');
                }
            }
        }
        out.writeBytes("]}".getBytes(UTF_8));
        return out.toByteArray();
    }
}
