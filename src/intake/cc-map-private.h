/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/intake/cc-map.h>

G_BEGIN_DECLS

/* One column as the map's text has it. */
typedef struct
{
  char  *header;
  char  *folded;
  char  *targets; /* "birth_date, age"; "-" to ignore; "" where nobody knows */
  char  *reason;  /* key of a text, NULL where it was written by hand */
  char  *language;
  double score;
  guint  line; /* in the map file, 0 where it was made */
} CcMapColumn;

typedef struct
{
  char       *name;
  char       *sheet; /* name, "*" or /regex/; NULL for any */
  char       *unit;  /* NULL where not said; "-" to leave the table out */
  char       *period;
  char       *also;
  char       *aggregate;  /* "yes" or "no", NULL where not said: its rows are counts */
  int         header_row; /* from 1 as in Excel, 0 where not said */
  int         last_row;
  guint       line;
  GPtrArray  *columns; /* CcMapColumn */
  GHashTable *index;   /* folded header -> CcMapColumn: sheets may be 16,384 columns wide */
} CcMapTable;

typedef struct
{
  char      *variable; /* "sex", "victim.sex" */
  guint      line;
  GPtrArray *texts; /* char*: as written */
  GPtrArray *codes; /* char* */
} CcMapValues;

typedef struct
{
  char *key;
  char *value;
  guint line;
} CcMapPair;

struct _CcMap
{
  char      *name;
  gboolean   complete;
  GPtrArray *tables;    /* CcMapTable */
  GPtrArray *values;    /* CcMapValues */
  GPtrArray *dates;     /* CcMapPair: folded header or "order" */
  GPtrArray *blanks;    /* CcMapPair: variable = code */
  GPtrArray *joins;     /* CcMapPair */
  GPtrArray *constants; /* CcMapPair: variable = codes, for every row */
  GPtrArray *numbers;   /* CcMapPair: a text, or "point" and "comma", and what it means */
};

CcMapTable  *cc_map_find_table (CcMap *self, const char *name);
CcMapTable  *cc_map_add_table (CcMap *self, const char *name);
CcMapTable  *cc_map_match_table (CcMap *self, const CcInspectTable *table);
gboolean     cc_map_table_takes_sheet (const CcMapTable *table, const char *sheet);
CcMapColumn *cc_map_table_find_column (const CcMapTable *table, const char *header);
CcMapColumn *cc_map_table_set_column (CcMapTable *table, const char *header, const char *targets);
CcMapValues *cc_map_find_values (CcMap *self, const char *variable);
CcMapValues *cc_map_add_values (CcMap *self, const char *variable);
gboolean     cc_map_is_same_text (const char *a, const char *b); /* of values */
const CcVariable *cc_map_find_value_variable (CcPack *pack, const char *name);
const char       *cc_map_values_get (const CcMapValues *values, const char *text);
void              cc_map_values_unset (CcMapValues *values, const char *text);
void              cc_map_values_set (CcMapValues *values, const char *text, const char *codes);
int               cc_map_get_header_row (CcMap *self, const char *sheet); /* from 0, -1 none */
int               cc_map_get_last_row (CcMap *self, const char *sheet);
void        cc_map_set_pair (GPtrArray *pairs, const char *key, const char *value, guint line);
const char *cc_map_get_pair (GPtrArray *pairs, const char *key);
GPtrArray  *cc_map_list_moved (const CcMapTable *known, CcInspectTable *found);
void        cc_map_remember (CcMap *self, CcMap *known);
void        cc_map_remember_values (CcMap *self, CcMap *known);
gboolean    cc_map_parse_date_form (const char *text, CcDateOrder *order, CcCalendar *calendar);
void        cc_map_copy_numbers (CcMap *from, CcMap *to);
gboolean    cc_map_check_constants (CcMap *self, CcPack *pack, GError **error);
void        cc_map_carry_constants (CcMap *self, CcMap *from);
void        cc_map_copy_constants (CcMap *from, CcMap *to);
CcConstant *cc_constant_make (CcPack *pack, const char *unit, const CcMapPair *pair);
gboolean    cc_constant_is_stated (GPtrArray *plans, const CcTarget *target);
gboolean    cc_map_set_number_pair (CcMap *self, const char *key, const char *value);

G_END_DECLS
