/** The OpenAPI document of the API, made from the zod schemas. https://spec.openapis.org/oas/v3.1.1.html */
import { z } from "zod";
import { answerJsonSchema } from "../answer/json.ts";
import {
  askRequest,
  errorSchema,
  reportListRequest,
  reportListResponse,
  reportSchema,
  searchRequest,
  searchResponse,
  timelineRequest,
  timelineResponse,
} from "./schemas.ts";

const ERRORS: Readonly<Record<string, string>> = {
  400: "A field is wrong; the message names it",
  401: "A token is needed, or the one that was brought is wrong",
  429: "Too many requests in a minute",
};

const UNKNOWN_PLACE = { 404: "No place of this name or id is known" } as const;

const JSON_TYPE = "application/json";

/** A schema as OpenAPI takes it; `io` is whether clients write or read it. */
function schemaOf(schema: z.ZodType, io: "input" | "output" = "output"): Record<string, unknown> {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io });
  return rest;
}

function content(schema: z.ZodType, io: "input" | "output" = "output") {
  return { [JSON_TYPE]: { schema: schemaOf(schema, io) } };
}

function responses(description: string, schema: z.ZodType, others: Readonly<Record<string, string>> = {}) {
  const failures = Object.entries({ ...ERRORS, ...others }).map(([status, text]) => [
    status,
    { description: text, content: content(errorSchema) },
  ]);
  return { 200: { description, content: content(schema) }, ...Object.fromEntries(failures) };
}

/** The fields of an object schema as parameters of the address. */
function query(schema: z.ZodObject): unknown[] {
  const { properties = {}, required = [] } = schemaOf(schema, "input") as {
    properties?: Record<string, Record<string, unknown>>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, { description, ...rest }]) => ({
    name,
    in: "query",
    required: required.includes(name),
    ...(description !== undefined && { description }),
    schema: rest,
  }));
}

export function openApiDocument(): Record<string, unknown> {
  const id = { name: "id", in: "path", required: true, schema: { type: "string", minLength: 1 } };
  return {
    openapi: "3.1.0",
    info: {
      title: "Isnad",
      version: "1",
      description:
        "Cited answers in Arabic about a collection of reports. Every quotation stands letter for letter in a stored report: body.slice(start, end).",
    },
    security: [{}, { token: [] }],
    components: { securitySchemes: { token: { type: "http", scheme: "bearer" } } },
    paths: {
      "/api/ask": {
        post: {
          operationId: "ask",
          summary: "A question, answered with citations, or refused with what the collection holds",
          requestBody: { required: true, content: content(askRequest, "input") },
          responses: responses("The answer", answerJsonSchema, {
            403: "It comes from a page of another site",
            413: "The body is too large",
          }),
        },
      },
      "/api/search": {
        get: {
          operationId: "search",
          summary: "Passages by similarity to a text",
          parameters: query(searchRequest),
          responses: responses("The best first", searchResponse, UNKNOWN_PLACE),
        },
      },
      "/api/timeline": {
        get: {
          operationId: "timeline",
          summary: "What the reports tell as news, in order of the days on which it happened",
          parameters: query(timelineRequest),
          responses: responses("The earliest first", timelineResponse, UNKNOWN_PLACE),
        },
      },
      "/api/reports": {
        get: {
          operationId: "reports",
          summary: "All reports, without their texts, in pages",
          parameters: query(reportListRequest),
          responses: responses("In order of their ids", reportListResponse),
        },
      },
      "/api/reports/{id}": {
        get: {
          operationId: "report",
          summary: "One report, whole",
          parameters: [id],
          responses: responses("The report", reportSchema, { 404: "No report has this id" }),
        },
      },
    },
  };
}
