/** The last script of a page: from now on somebody hears what is done on it. */

document.getElementById("main").inert = false;
