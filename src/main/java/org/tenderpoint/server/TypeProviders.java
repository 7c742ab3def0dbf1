package org.tenderpoint.server;

import ca.uhn.fhir.rest.server.IResourceProvider;
import org.hl7.fhir.r4.model.Resource;
import org.tenderpoint.chart.RecordType;

/** A bean that brings the same HAPI endpoint methods to every type that the chart keeps. */
public interface TypeProviders {

    /** The methods for one type. */
    <T extends Resource> IResourceProvider of(RecordType<T> type);
}
