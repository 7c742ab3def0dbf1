package org.tenderpoint.export;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.UncheckedIOException;
import org.tenderpoint.chart.ExportJob;

/** What a finished export consists of. */
final class Manifest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private Manifest() {}

    /** Where to ask how far a job is. */
    static String url(ExportJob job) {
        return job.ask().base() + ExportServlet.BELOW_BASE + "/" + job.id();
    }

    /** The manifest as JSON. There is no count: how many lines a file has is known when it has been downloaded. */
    static byte[] of(ExportJob job) {
        var manifest = JSON.createObjectNode();
        manifest.put("transactionTime", job.until().toString());
        manifest.put("request", job.ask().request());
        manifest.put("requiresAccessToken", true);
        var output = manifest.putArray("output");
        var deleted = manifest.putArray("deleted");
        manifest.putArray("error");
        for (var name : job.files()) {
            add(name.equals(ExportFiles.DELETED) ? deleted : output, job, name);
        }
        try {
            return JSON.writeValueAsBytes(manifest);
        } catch (com.fasterxml.jackson.core.JsonProcessingException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static void add(ArrayNode list, ExportJob job, String name) {
        list.addObject()
                .put("type", name.equals(ExportFiles.DELETED) ? "Bundle" : name)
                .put("url", url(job) + "/" + name + ExportServlet.ENDING);
    }
}
