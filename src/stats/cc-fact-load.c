/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cc-fact-load-private.h"

#include <string.h>

#define LIVE(alias) " AND " alias ".state = 0 AND " alias ".basis < 3"

/* How the records of a unit are reached from the members of a cluster of some kind. m is the
 * membership, c the unit's table, r its record. */
static const struct
{
  CcKind      kind;
  CcUnitIndex unit;
  gboolean    own; /* the member itself */
  const char *join;
} paths[] = {
  { CC_KIND_VICTIM, CC_UNIT_VICTIM, TRUE, " CROSS JOIN victim c ON c.record = m.record" },
  { CC_KIND_VICTIM, CC_UNIT_VICTIM_EVENT, FALSE,
    " CROSS JOIN victim_event c ON c.victim = m.record" },
  { CC_KIND_VICTIM, CC_UNIT_STATUS_DECISION, FALSE,
    " CROSS JOIN status_decision c ON c.victim = m.record" },
  { CC_KIND_VICTIM, CC_UNIT_ASSISTANCE, FALSE, " CROSS JOIN assistance c ON c.victim = m.record" },
  { CC_KIND_VICTIM, CC_UNIT_PLACE, FALSE,
    " CROSS JOIN victim_event w ON w.victim = m.record"
    " CROSS JOIN place c ON c.victim_event = w.record" },
  { CC_KIND_PERP, CC_UNIT_PERPETRATOR, TRUE, " CROSS JOIN perpetrator c ON c.record = m.record" },
  { CC_KIND_PERP, CC_UNIT_JUSTICE_STEP, FALSE,
    " CROSS JOIN justice_step c ON c.perpetrator = m.record" },
  { CC_KIND_PERP, CC_UNIT_PERP_EVENT, FALSE,
    " CROSS JOIN perp_event c ON c.perpetrator = m.record" },
  { CC_KIND_PERP, CC_UNIT_VICTIM_PERP, FALSE,
    " CROSS JOIN victim_perp c ON c.perpetrator = m.record" },
  { CC_KIND_PERP, CC_UNIT_EVENT, FALSE,
    " CROSS JOIN perp_event w ON w.perpetrator = m.record"
    " CROSS JOIN event c ON c.record = w.event" },
  { CC_KIND_EVENT, CC_UNIT_EVENT, TRUE, " CROSS JOIN event c ON c.record = m.record" },
  { CC_KIND_EVENT, CC_UNIT_VICTIM_EVENT, FALSE,
    " CROSS JOIN victim_event c ON c.event = m.record" },
};

typedef enum
{
  STREAM_RECORDS, /* key, record, parent, entity, cluster of the event, columns */
  STREAM_CODES,   /* key, record, variable, code */
  STREAM_LINKS,   /* key, linked cluster */
  STREAM_CHOICES, /* key, variable, record */
} StreamType;

/* One query, ordered by cluster, with its row that is not yet used. */
typedef struct
{
  StreamType   type;
  CcUnitIndex  unit;
  gboolean     own;
  CcKind       linked;
  CcStatement *rows;
  gboolean     has_row;
  gint64       key;
} Stream;

struct _CcFactLoader
{
  const CcDerivePlan *plan;
  const CcCodeMap    *codes;
  CcCaseFile         *file;
  CcConnection       *connection;
  CcKind              kind;
  CcLoadScope         scope;
  gint64              cluster;
  GArray             *streams;   /* Stream; the first is that of the cluster's own unit */
  const CcVariable  **variables; /* per variable id */
  gint64              n_variables;
};

static const char *
get_key (CcLoadScope scope)
{
  static const char *const keys[] = { "m.cluster", "d.id", "m.cluster", "m.record" };

  return keys[scope];
}

/* FROM and the members; @condition is completed by whoever appends to it. */
static void
append_members (CcFactLoader *self, GString *sql, const char *join)
{
  static const char *const from[] = {
    " FROM temp.fact_member m",
    " FROM cluster d CROSS JOIN membership m ON m.cluster = d.id AND m.to_act IS NULL",
    " FROM membership m",
    " FROM (SELECT record FROM victim) m",
  };

  g_string_append (sql, from[self->scope]);
  g_string_append (sql, join);
}

/* @by_key: the rows are no longer in the order of the members, so they are sorted by cluster. */
static void
append_scope (CcFactLoader *self, GString *sql, gboolean by_key)
{
  if (self->scope == CC_LOAD_ALL)
    g_string_append_printf (sql, " WHERE d.kind = '%s'", cc_kind_get_abbr (self->kind));
  else if (self->scope == CC_LOAD_CLUSTER)
    g_string_append (sql, " WHERE m.cluster = ?1 AND m.to_act IS NULL");
  g_string_append_printf (sql, " ORDER BY %s",
                          self->scope == CC_LOAD_DIRTY && !by_key ? "m.rowid"
                                                                  : get_key (self->scope));
}

static void
append_columns (CcFactLoader *self, GString *sql, CcUnitIndex unit)
{
  GPtrArray *variables = self->plan->source->variables[unit];

  for (guint i = 0; i < variables->len; i++)
    {
      const CcVariable *variable = variables->pdata[i];
      gint64            id = cc_case_file_variable_id (self->file, variable);

      if (variable->type == CC_VARIABLE_MULTI)
        continue;
      if (variable->type == CC_VARIABLE_DATE)
        g_string_append_printf (sql,
                                ", c.v%" G_GINT64_FORMAT "_first, c.v%" G_GINT64_FORMAT "_last", id,
                                id);
      else if (variable->type == CC_VARIABLE_AGE)
        g_string_append_printf (sql,
                                ", c.v%" G_GINT64_FORMAT "_min, c.v%" G_GINT64_FORMAT
                                "_max, c.v%" G_GINT64_FORMAT "_day",
                                id, id, id);
      else
        g_string_append_printf (sql, ", c.v%" G_GINT64_FORMAT, id);
    }
}

static gboolean
advance (Stream *stream, GError **error)
{
  if (!cc_statement_step (stream->rows, &stream->has_row, error))
    return FALSE;
  if (stream->has_row)
    stream->key = cc_statement_int64 (stream->rows, 0);
  return TRUE;
}

static gboolean
add_stream (CcFactLoader *self, Stream stream, const char *sql, GError **error)
{
  stream.rows = cc_connection_prepare (self->connection, sql, error);
  if (!stream.rows)
    return FALSE;
  if (self->scope == CC_LOAD_CLUSTER)
    cc_statement_bind_int64 (stream.rows, 1, self->cluster);
  g_array_append_val (self->streams, stream);
  return advance (&g_array_index (self->streams, Stream, self->streams->len - 1), error);
}

static gboolean
has_multi (CcFactLoader *self, CcUnitIndex unit)
{
  GPtrArray *variables = self->plan->source->variables[unit];

  for (guint i = 0; i < variables->len; i++)
    if (((const CcVariable *) variables->pdata[i])->type == CC_VARIABLE_MULTI)
      return TRUE;
  return FALSE;
}

static gboolean
add_path (CcFactLoader *self, guint path, GError **error)
{
  Stream records = { .type = STREAM_RECORDS, .unit = paths[path].unit, .own = paths[path].own };
  Stream codes = { .type = STREAM_CODES, .unit = paths[path].unit, .own = paths[path].own };
  const char *key = get_key (self->scope);
  g_autoptr (GString) sql = g_string_new (NULL);

  g_string_printf (sql, "SELECT %s, c.record, m.record, r.entity, %s", key,
                   paths[path].unit == CC_UNIT_VICTIM_EVENT && self->kind == CC_KIND_VICTIM
                       ? "(SELECT e.cluster FROM membership e"
                         " WHERE e.record = c.event AND e.to_act IS NULL)"
                       : "NULL");
  append_columns (self, sql, paths[path].unit);
  append_members (self, sql, paths[path].join);
  g_string_append (sql, " CROSS JOIN record r ON r.id = c.record" LIVE ("r"));
  append_scope (self, sql, FALSE);
  if (!add_stream (self, records, sql->str, error))
    return FALSE;
  if (!has_multi (self, paths[path].unit))
    return TRUE;
  g_string_printf (sql, "SELECT %s, c.record, x.variable, x.code", key);
  append_members (self, sql, paths[path].join);
  g_string_append (sql, " CROSS JOIN multi_value x ON x.record = c.record");
  append_scope (self, sql, FALSE);
  return add_stream (self, codes, sql->str, error);
}

/* Of events: the clusters of victims and of perpetrators that are linked to it. */
static gboolean
add_links (CcFactLoader *self, CcKind linked, const char *table, const char *column, GError **error)
{
  Stream stream = { .type = STREAM_LINKS, .linked = linked };
  g_autoptr (GString) sql = g_string_new (NULL);
  g_autofree char *join = g_strdup_printf (" CROSS JOIN %s w ON w.event = m.record"
                                           " CROSS JOIN membership o ON o.record = w.%s"
                                           " AND o.to_act IS NULL",
                                           table, column);

  g_string_printf (sql, "SELECT DISTINCT %s, o.cluster", get_key (self->scope));
  append_members (self, sql, join);
  append_scope (self, sql, TRUE);
  return add_stream (self, stream, sql->str, error);
}

static gboolean
add_choices (CcFactLoader *self, GError **error)
{
  static const char *const sql[] = {
    "SELECT cluster, variable, record FROM cluster_choice"
    " WHERE cluster IN (SELECT cluster FROM dirty_cluster) ORDER BY cluster",
    "SELECT cluster, variable, record FROM cluster_choice ORDER BY cluster",
    "SELECT cluster, variable, record FROM cluster_choice WHERE cluster = ?1",
  };
  Stream stream = { .type = STREAM_CHOICES };

  return self->scope == CC_LOAD_RECORDS || add_stream (self, stream, sql[self->scope], error);
}

/* The live members of the dirty clusters of one kind, once for all queries: looking each of them up
 * again in every query costs more than deriving. */
static gboolean
list_members (CcFactLoader *self, GError **error)
{
  g_autofree char *insert = g_strdup_printf (
      "INSERT INTO temp.fact_member SELECT d.cluster, m.record FROM dirty_cluster d"
      " CROSS JOIN membership m ON m.cluster = d.cluster AND m.to_act IS NULL"
      " CROSS JOIN record r ON r.id = m.record AND r.unit = '%s'" LIVE ("r") " ORDER BY d.cluster",
      cc_kind_get_abbr (self->kind));

  return cc_connection_execute (self->connection,
                                "CREATE TEMP TABLE IF NOT EXISTS fact_member"
                                " (cluster INTEGER, record INTEGER)",
                                error)
         && cc_connection_execute (self->connection, "DELETE FROM temp.fact_member", error)
         && cc_connection_execute (self->connection, insert, error);
}

static void
map_variables (CcFactLoader *self)
{
  for (guint pass = 0; pass < 2; pass++)
    {
      for (guint unit = 0; unit < CC_N_UNITS; unit++)
        for (guint i = 0; i < self->plan->source->variables[unit]->len; i++)
          {
            const CcVariable *variable = self->plan->source->variables[unit]->pdata[i];
            gint64            id = cc_case_file_variable_id (self->file, variable);

            if (pass)
              self->variables[id] = variable;
            else
              self->n_variables = MAX (self->n_variables, id + 1);
          }
      if (!pass)
        self->variables = g_new0 (const CcVariable *, self->n_variables + 1);
    }
}

/**
 * cc_fact_loader_new:
 * @cluster: for CC_LOAD_CLUSTER
 *
 * Opens the queries that stream the records of clusters in the order of cluster ids. The plan, the
 * codes and the connection must live as long as the loader.
 */
CcFactLoader *
cc_fact_loader_new (const CcDerivePlan *plan,
                    const CcCodeMap    *codes,
                    CcCaseFile         *file,
                    CcConnection       *connection,
                    CcKind              kind,
                    CcLoadScope         scope,
                    gint64              cluster,
                    GError            **error)
{
  g_autoptr (CcFactLoader) self = g_new0 (CcFactLoader, 1);

  self->plan = plan;
  self->codes = codes;
  self->file = file;
  self->connection = connection;
  self->kind = kind;
  self->scope = scope;
  self->cluster = cluster;
  self->streams = g_array_new (FALSE, TRUE, sizeof (Stream));
  map_variables (self);
  if (scope == CC_LOAD_DIRTY && !list_members (self, error))
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    if (paths[i].kind == kind && !add_path (self, i, error))
      return NULL;
  if (kind == CC_KIND_EVENT
      && (!add_links (self, CC_KIND_VICTIM, "victim_event", "victim", error)
          || !add_links (self, CC_KIND_PERP, "perp_event", "perpetrator", error)))
    return NULL;
  return add_choices (self, error) ? g_steal_pointer (&self) : NULL;
}

void
cc_fact_loader_free (CcFactLoader *self)
{
  if (!self)
    return;
  for (guint i = 0; i < self->streams->len; i++)
    cc_statement_release (g_array_index (self->streams, Stream, i).rows);
  g_array_unref (self->streams);
  g_free (self->variables);
  g_free (self);
}

static CcDay
read_day (CcStatement *rows, int column)
{
  return cc_statement_is_null (rows, column) ? CC_DAY_NONE
                                             : (CcDay) cc_statement_int64 (rows, column);
}

static int
read_years (CcStatement *rows, int column)
{
  return cc_statement_is_null (rows, column) ? -1 : (int) cc_statement_int64 (rows, column);
}

/* Reads the columns of one variable; returns how many there are. */
static int
read_value (CcFactLoader     *self,
            CcStatement      *rows,
            int               column,
            const CcVariable *variable,
            CcArena          *arena,
            CcSourceValue    *value)
{
  guint code;

  switch (variable->type)
    {
    case CC_VARIABLE_DATE:
      value->u.date = (CcInterval){ read_day (rows, column), read_day (rows, column + 1) };
      value->n = cc_interval_is_known (value->u.date);
      return 2;
    case CC_VARIABLE_AGE:
      value->u.age.min = read_years (rows, column);
      value->u.age.max = read_years (rows, column + 1);
      value->u.age.day = read_day (rows, column + 2);
      value->n = value->u.age.min >= 0 || value->u.age.max >= 0;
      return 3;
    case CC_VARIABLE_CODE:
    case CC_VARIABLE_FLAG:
      code = cc_code_map_find (self->codes, cc_statement_int64 (rows, column));
      value->u.code = code - 1;
      value->n = code != 0;
      return 1;
    case CC_VARIABLE_INT:
    case CC_VARIABLE_REF:
      value->u.number = cc_statement_int64 (rows, column);
      value->n = !cc_statement_is_null (rows, column);
      return 1;
    default:
      {
        const char *text = cc_statement_text (rows, column);

        if (text && *text)
          {
            value->u.text = strcpy (cc_arena_alloc (arena, strlen (text) + 1), text);
            value->n = 1;
          }
        return 1;
      }
    }
}

static void
take_record (CcFactLoader *self, Stream *stream, CcSourceSet *set, CcArena *arena)
{
  GPtrArray      *variables = self->plan->source->variables[stream->unit];
  CcSourceRecord *record = cc_arena_alloc (arena, sizeof (CcSourceRecord));
  CcStatement    *rows = stream->rows;
  int             column = 5;

  record->id = cc_statement_int64 (rows, 1);
  record->unit = stream->unit;
  record->parent = stream->own ? 0 : cc_statement_int64 (rows, 2);
  if (!cc_statement_is_null (rows, 3))
    record->entity = cc_code_map_find_entity ((gpointer) self->codes, cc_statement_int64 (rows, 3));
  record->event = cc_statement_int64 (rows, 4);
  record->values = cc_arena_alloc (arena, sizeof (CcSourceValue) * (variables->len + 1));
  for (guint i = 0; i < variables->len; i++)
    {
      const CcVariable *variable = variables->pdata[i];

      if (variable->type != CC_VARIABLE_MULTI)
        column += read_value (self, rows, column, variable, arena, &record->values[i]);
    }
  g_ptr_array_add (set->of[stream->unit], record);
}

static void
take_code (CcFactLoader *self, Stream *stream, CcSourceSet *set, CcArena *arena)
{
  gint64            id = cc_statement_int64 (stream->rows, 1);
  gint64            variable_id = cc_statement_int64 (stream->rows, 2);
  guint             code = cc_code_map_find (self->codes, cc_statement_int64 (stream->rows, 3));
  const CcVariable *variable =
      variable_id > 0 && variable_id < self->n_variables ? self->variables[variable_id] : NULL;
  GPtrArray *records = set->of[stream->unit];

  if (!variable || !code)
    return;
  /* The same event may stand twice under one perpetrator: each copy gets the code once. */
  for (guint i = 0; i < records->len; i++)
    {
      CcSourceRecord *record = records->pdata[i];
      CcSourceValue  *value = cc_source_get (self->plan->source, record, variable);
      guint16        *list;

      if (record->id != id || !value)
        continue;
      list = cc_arena_alloc (arena, sizeof (guint16) * (value->n + 1));
      if (value->n)
        memcpy (list, value->u.codes, sizeof (guint16) * value->n);
      list[value->n] = (guint16) (code - 1);
      value->u.codes = list;
      value->n++;
    }
}

static void
take_choice (CcFactLoader *self, Stream *stream, CcSourceSet *set)
{
  gint64 id = cc_statement_int64 (stream->rows, 1);

  if (id > 0 && id < self->n_variables && self->variables[id])
    {
      CcSourceChoice choice = { self->variables[id], cc_statement_int64 (stream->rows, 2) };

      g_array_append_val (set->choices, choice);
    }
}

static gboolean
take_rows (CcFactLoader *self, Stream *stream, CcSourceSet *set, CcArena *arena, GError **error)
{
  while (stream->has_row && stream->key <= set->cluster)
    {
      if (stream->key == set->cluster)
        switch (stream->type)
          {
          case STREAM_RECORDS:
            take_record (self, stream, set, arena);
            break;
          case STREAM_CODES:
            take_code (self, stream, set, arena);
            break;
          case STREAM_LINKS:
            set->linked[stream->linked]++;
            break;
          case STREAM_CHOICES:
          default:
            take_choice (self, stream, set);
            break;
          }
      if (!advance (stream, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * cc_fact_loader_next:
 * @set: filled with the records of the next cluster that has live records
 * @arena: where the records live; the caller resets it
 * @found: FALSE at the end
 */
gboolean
cc_fact_loader_next (CcFactLoader *self,
                     CcSourceSet  *set,
                     CcArena      *arena,
                     gboolean     *found,
                     GError      **error)
{
  Stream *own = &g_array_index (self->streams, Stream, 0);

  *found = own->has_row;
  if (!own->has_row)
    return TRUE;
  set->cluster = own->key;
  for (guint i = 0; i < self->streams->len; i++)
    if (!take_rows (self, &g_array_index (self->streams, Stream, i), set, arena, error))
      return FALSE;
  return TRUE;
}
