package org.tenderpoint.server;

/** A bean with HAPI endpoint methods that a room brings to the server. */
public interface FhirProvider {}
