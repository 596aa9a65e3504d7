/** The page of an object as text. */

import "./source.js";
