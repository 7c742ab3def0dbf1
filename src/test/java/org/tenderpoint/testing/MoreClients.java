package org.tenderpoint.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.springframework.beans.factory.config.YamlPropertiesFactoryBean;
import org.springframework.core.io.ClassPathResource;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;

/** Clients that only tests have, registered beside those of the demonstration. */
final class MoreClients {

    /** System by which the organizations of these clients are known. */
    static final String ORGANIZATIONS = "urn:tenderpoint:test:organization";

    private static final String PREFIX = "tenderpoint.smart.clients[";

    private record Extra(String id, String role, String organization, String scopes) {}

    private static final List<Extra> EXTRAS = List.of(
            new Extra("north", "CLINIC", "north", "system/*.cruds"),
            new Extra("south", "CLINIC", "south", "system/*.cruds"),
            new Extra("e1", "EHR", "e1", "system/*.cruds"),
            new Extra("e1-ro", "EHR", "e1", "system/*.rs"),
            new Extra("e1-survey", "EHR", "e1", "system/Observation.rs?category=survey"),
            new Extra("e2", "EHR", "e2", "system/*.cruds"),
            new Extra("payer", "INSURER", "payer", "system/*.rs,system/Endpoint.c,system/Subscription.cd"),
            new Extra("other-payer", "INSURER", "other-payer", "system/*.rs,system/Endpoint.c,system/Subscription.cd"),
            new Extra("graph-clinic-1", "CLINIC", "graph-clinic-1", "system/*.cruds"),
            new Extra("graph-clinic-2", "CLINIC", "graph-clinic-2", "system/*.cruds"),
            new Extra("graph-clinic-3", "CLINIC", "graph-clinic-3", "system/*.cruds"),
            new Extra("graph-ehr-1", "EHR", "graph-ehr-1", "system/*.cruds"),
            new Extra("graph-ehr-2", "EHR", "graph-ehr-2", "system/*.cruds"),
            new Extra("graph-ehr-3", "EHR", "graph-ehr-3", "system/*.cruds"),
            new Extra("graph-payer-1", "INSURER", "graph-payer-1", "system/*.rs"),
            new Extra("graph-payer-2", "INSURER", "graph-payer-2", "system/*.rs"),
            new Extra("graph-payer-3", "INSURER", "graph-payer-3", "system/*.rs"),
            new Extra("told-clinic", "CLINIC", "told-clinic", "system/*.cruds"),
            new Extra("told-ehr", "EHR", "told-ehr", "system/*.cruds"),
            new Extra("told-ehr-ro", "EHR", "told-ehr", "system/*.rs,system/Subscription.cd"),
            new Extra("told-little", "EHR", "told-ehr", "system/Subscription.crds,system/Task.r"),
            new Extra("told-other-ehr", "EHR", "told-other-ehr", "system/*.cruds"),
            new Extra("told-payer", "INSURER", "told-payer", "system/*.rs,system/Subscription.cd"),
            new Extra("admin", "ADMINISTRATOR", "", "system/*.cruds"));

    private MoreClients() {}

    /** A list is configured as a whole, so the demonstration's clients are among them. */
    static List<String> asArguments() {
        var yaml = new YamlPropertiesFactoryBean();
        yaml.setResources(new ClassPathResource("application-demonstration.yml"));
        var standing = new TreeMap<String, String>();
        Objects.requireNonNull(yaml.getObject())
                .forEach((key, value) -> standing.put(key.toString(), value.toString()));
        standing.keySet().removeIf(key -> !key.startsWith(PREFIX));
        var next = (int) standing.keySet().stream()
                .map(key -> key.substring(0, key.indexOf(']')))
                .distinct()
                .count();
        var arguments = new ArrayList<String>();
        standing.forEach((key, value) -> arguments.add("--" + key + "=" + value));
        var encoder = new BCryptPasswordEncoder(4);
        for (var extra : EXTRAS) {
            var at = "--" + PREFIX + next++ + "].";
            var values = Map.of(
                    "id", extra.id,
                    "secret", "{bcrypt}" + encoder.encode(extra.id + "-secret"),
                    "role", extra.role,
                    "organization", extra.organization.isEmpty() ? "" : ORGANIZATIONS + "|" + extra.organization,
                    "scopes", extra.scopes);
            values.forEach((name, value) -> arguments.add(at + name + "=" + value));
        }
        var app = "--" + PREFIX + next + "].";
        arguments.add(app + "id=" + TokenHolder.APP);
        arguments.add(app + "scopes=user/*.cruds,patient/*.cruds");
        arguments.add(app + "redirect-uris=http://localhost/callback");
        return arguments;
    }
}
