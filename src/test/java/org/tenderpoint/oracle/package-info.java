/**
 * Random records and random searches, answered by the server, by HAPI's own matcher and by the specification's sentences:
 * all three have to agree. Start at {@link org.tenderpoint.oracle.DifferentialStoryTest}.
 */
@NullMarked
package org.tenderpoint.oracle;

import org.jspecify.annotations.NullMarked;
