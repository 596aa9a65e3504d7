/** Requests of our own scripts: JSON both ways, with the CSRF token. */

import { text } from "./texts.js";

/** The server said no, or could not be reached (`status` 0). */
export class Failed extends Error {
  /**
   * @param {number} status
   * @param {{message?: string, code?: string, problems?: {path: string, message: string}[], login?: string}} body
   */
  constructor(status, body) {
    super(body.message || text("failed"));
    this.status = status;
    this.code = body.code ?? "";
    this.problems = body.problems ?? [];
    this.login = body.login ?? "";
    /** Everything that the server answered. */
    this.body = body;
  }
}

export function csrfToken() {
  return document.querySelector('meta[name="csrf-token"]')?.content ?? "";
}

/**
 * The JSON answer of a request; `data` makes it a POST.
 * @param {string} url
 * @param {{data?: unknown, signal?: AbortSignal}} options
 * @throws {Failed}
 */
export async function send(url, { data, signal } = {}) {
  const headers = { Accept: "application/json", "X-CSRFToken": csrfToken() };
  const init = { headers, signal, method: "GET", credentials: "same-origin" };
  if (data !== undefined) {
    init.method = "POST";
    init.body = JSON.stringify(data);
    headers["Content-Type"] = "application/json";
  }
  let response;
  try {
    response = await fetch(url, init);
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Failed(0, { message: text("network") });
  }
  const body = await response.json().catch(() => ({}));
  if (!response.ok) throw new Failed(response.status, body);
  return body;
}

/** A new client token: the same token twice gets the first answer again, and nothing is done twice. */
export function newToken() {
  // `crypto.randomUUID` exists on https only; installations inside a house often have none.
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
