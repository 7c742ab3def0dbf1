package org.tenderpoint.server;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the server.
 *
 * @param baseUrl public URL of the server without {@code /fhir}, such as {@code https://fhir.example.org}; where it is
 *     empty, the address that a request came to is taken
 */
@ConfigurationProperties("tenderpoint")
record ServerProperties(@DefaultValue("") String baseUrl) {}
