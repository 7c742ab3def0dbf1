/** The access matrix: who may do what, cell by cell, over HTTP. Start at {@link org.tenderpoint.matrix.MatrixStoryTest}. */
@NullMarked
package org.tenderpoint.matrix;

import org.jspecify.annotations.NullMarked;
