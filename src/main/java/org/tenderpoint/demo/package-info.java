/**
 * The demonstration: two referrers, two clinics, two insurers and their patients, sent on first start the way a client
 * sends them. Start at {@link org.tenderpoint.demo.DemoClinic}; the courses are data, one JSON file a patient.
 */
@ApplicationModule(allowedDependencies = {"issue", "access", "chart", "server"})
@NullMarked
package org.tenderpoint.demo;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
