package org.tenderpoint.bench;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.tenderpoint.bench.Bundles.Referred;
import org.tenderpoint.testing.Copies;

/** The store grows by copies of loaded patients, and tells which of them a clinic sees. */
final class Growth {

    /** Enough that they do not all stay in a cache, few enough to be asked for in a moment. */
    private static final int MOST_PATIENTS = 2_000;

    private final Connection connection;
    private final Copies copies;
    private final String originals;

    /** @param originals who is copied */
    Growth(String url, String user, List<Referred> originals) throws SQLException {
        this.connection = DriverManager.getConnection(url, user, "");
        this.copies = new Copies(connection);
        this.originals = "select pk from resource where fhir_id in ("
                + originals.stream().map(one -> "'" + id(one.patient()) + "'").collect(Collectors.joining(", ")) + ")";
    }

    /** So many resources, and statistics that know of them. */
    void to(long resources) throws SQLException {
        var begin = System.nanoTime();
        copies.upTo(resources, originals, "body");
        run("vacuum analyze");
        run("checkpoint");
        System.out.printf("%d resources after %.0f s%n", resources(), (System.nanoTime() - begin) / 1e9);
    }

    long resources() throws SQLException {
        return Long.parseLong(column("select count(*) from resource").get(0));
    }

    /** Originals and their copies, as far as the clinic sees them. */
    List<Referred> visible(String clinic) throws SQLException {
        var visible = new ArrayList<Referred>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("with originals as (" + originals + ") select p.fhir_id, s.fhir_id"
                        + " from resource p join resource s on s.patient_pk = p.pk and s.type = 'ServiceRequest'"
                        + " where p.type = 'Patient' and p.pk % 1000000000 in (select pk from originals)"
                        + " and exists (select 1 from access_grant g where g.patient_pk = p.pk and g.grantee = '"
                        + UUID.fromString(clinic) + "') order by random() limit " + MOST_PATIENTS)) {
            while (rows.next()) {
                visible.add(new Referred("Patient/" + rows.getString(1), "ServiceRequest/" + rows.getString(2)));
            }
        }
        return visible;
    }

    /** Findings of some of them. */
    List<String> observations(List<Referred> of) throws SQLException {
        return column("select 'Observation/' || o.fhir_id from resource o join resource p on o.patient_pk = p.pk"
                + " where o.type = 'Observation' and p.fhir_id in ("
                + of.stream().map(one -> "'" + id(one.patient()) + "'").collect(Collectors.joining(", ")) + ")");
    }

    private static String id(String reference) {
        return UUID.fromString(reference.substring(reference.indexOf('/') + 1)).toString();
    }

    private List<String> column(String sql) throws SQLException {
        var values = new ArrayList<String>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                values.add(rows.getString(1));
            }
        }
        return values;
    }

    private void run(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
