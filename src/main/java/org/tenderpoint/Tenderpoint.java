package org.tenderpoint;

import ca.uhn.fhir.context.FhirContext;
import org.hl7.fhir.r4.model.Bundle;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.tenderpoint.admin.AdminCommands;
import org.tenderpoint.chart.RecordTypes;

/** Starts the server. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class Tenderpoint {

    public static void main(String[] args) {
        if (AdminCommands.isCommand(args)) {
            System.exit(AdminCommands.run(args));
        }
        readFhirModelMeanwhile();
        SpringApplication.run(Tenderpoint.class, args);
    }

    /** HAPI reads its model from annotations at first use, for a second or two; a second core can do that at once. */
    private static void readFhirModelMeanwhile() {
        var reading = new Thread(
                () -> {
                    var fhir = FhirContext.forR4Cached();
                    RecordTypes.all().forEach(type -> fhir.getResourceDefinition(type.resourceClass()));
                    var parser = fhir.newJsonParser();
                    parser.parseResource(parser.encodeResourceToString(new Bundle()));
                },
                "fhir-model");
        reading.setDaemon(true);
        reading.start();
    }
}
