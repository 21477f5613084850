/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/base/cc-day.h>
#include <cc/store/cc-case-file.h>

G_BEGIN_DECLS

/* The records of one unit as a list: found, counted and ordered without reading them. */

/* One unit's records as they stood when the table was read: a few small numbers a record, no names.
 * Finding, counting and ordering work on them in memory; a table of 200,000 records takes about
 * 10 MiB. It may be used by several threads at once. */
typedef struct _CcRecordTable CcRecordTable;

/* By what a list can be narrowed. The values of a facet are numbers: */
typedef enum
{
  CC_FACET_AGENCY, /* id of the entity; 0 = entered by hand for no agency */
  CC_FACET_YEAR,   /* year of the statistical date; 0 = not known, or not one year */
  CC_FACET_SEX,    /* id of the code; 0 = no value */
  CC_FACET_AGE,    /* id of the code of AGE2; 0 = not known */
  CC_FACET_STATUS, /* id of the code: victim status, last step of justice, stage of the case */
  CC_FACET_SIGN,   /* one CcRecordSign; a record can have several */
  CC_FACET_STATE,  /* 0 live, 1 withdrawn; where none is chosen, live ones alone are listed */
  CC_N_FACETS,
} CcFacet;

typedef enum
{
  CC_SIGN_ERROR = 1 << 0,   /* an open finding says error */
  CC_SIGN_WARNING = 1 << 1, /* an open finding says warning or note */
  CC_SIGN_PAIR = 1 << 2,    /* stands in a pair nobody has decided */
  CC_SIGN_JOINED = 1 << 3,  /* other records say to be the same person, or event */
  CC_SIGN_TYPED = 1 << 4,   /* entered by hand, not delivered */
  CC_SIGN_WITHDRAWN = 1 << 5,
} CcRecordSign;

#define CC_N_SIGNS 6

typedef enum
{
  CC_ORDER_DATE,
  CC_ORDER_NAME,
  CC_ORDER_NUMBER,
  CC_ORDER_AGENCY,
  CC_ORDER_SEX,
  CC_ORDER_AGE,
  CC_ORDER_STATUS,
  CC_ORDER_CHANGE, /* time of the last act that touched the record */
} CcRecordOrder;

/* What is asked of a table. Records without what they are ordered by come last in both directions;
 * ties stand in the order in which the records came. */
typedef struct
{
  char         *text;                /* words that identifiers contain; NULL or "" = any */
  GArray       *chosen[CC_N_FACETS]; /* gint64; NULL or empty = any */
  CcInterval    period;              /* of the statistical date; unknown = any */
  gint64        submission;          /* delivery that the records came with; 0 = any */
  gboolean      one_per_person;      /* of records joined to one cluster only the first that fits */
  CcRecordOrder order;
  gboolean      descending;
} CcRecordQuery;

typedef struct
{
  gint64 value;
  guint  n; /* records that would be listed if this value alone of its facet were chosen */
} CcFacetValue;

typedef struct
{
  GArray *ids; /* gint64: the records, in order */
  GArray
       *facets[CC_N_FACETS]; /* CcFacetValue, in the order in which a person would look for them */
  guint n_all;               /* live records of the unit, fitting or not */
} CcRecordList;

/* What one line of a list shows. */
typedef struct
{
  gint64        id;
  gint64        cluster;   /* 0 where the record is withdrawn */
  guint         n_records; /* live records of the cluster */
  guint         signs;     /* of CcRecordSign */
  char         *name;      /* NULL where none is stated */
  char         *number;    /* the agency's own, else the case number; NULL where none */
  char         *agency;    /* NULL where none */
  CcInterval    date;
  const CcCode *sex, *age_class, *status;  /* NULL where not known */
  int           age_min, age_max;          /* at the statistical date; -1 where not known or open */
  guint         n_victims, n_perpetrators; /* of an event */
} CcRecordRow;

/* unit: "victim", "perpetrator" or "event" */
CcRecordTable *
cc_record_table_load (CcCaseFile *file, CcConnection *connection, const char *unit, GError **error);
CcRecordTable *cc_record_table_ref (CcRecordTable *self);
void           cc_record_table_unref (CcRecordTable *self);
const char    *cc_record_table_get_unit (CcRecordTable *self);
guint          cc_record_table_get_n_live (CcRecordTable *self);
const char    *cc_record_table_get_agency (CcRecordTable *self, gint64 entity);
gboolean       cc_record_table_is_live (CcRecordTable *self, gint64 record);
gboolean       cc_record_table_is_joined (CcRecordTable *self);

CcRecordList *cc_record_table_query (CcRecordTable       *self,
                                     CcConnection        *connection,
                                     const CcRecordQuery *query,
                                     GError             **error);
GPtrArray    *cc_record_table_read_rows (CcRecordTable *self,
                                         CcConnection  *connection,
                                         const gint64  *ids,
                                         guint          n_ids,
                                         GError       **error);

CcRecordQuery *cc_record_query_new (void);
CcRecordQuery *cc_record_query_copy (const CcRecordQuery *self);
void           cc_record_query_free (CcRecordQuery *self);
gboolean       cc_record_query_has (const CcRecordQuery *self, CcFacet facet, gint64 value);
void     cc_record_query_choose (CcRecordQuery *self, CcFacet facet, gint64 value, gboolean chosen);
gboolean cc_record_query_is_filtered (const CcRecordQuery *self);
void     cc_record_query_clear (CcRecordQuery *self);
void     cc_record_list_free (CcRecordList *self);
void     cc_record_row_free (CcRecordRow *self);

/* Rows of live deliveries that were set aside, because what they say could not be counted. */
typedef struct
{
  gint64 id;
  gint64 submission;
  char  *agency;
  char  *file_name;
  char  *sheet;
  gint64 row;    /* from 1, as in the sheet */
  char  *reason; /* key of its text */
  char **cells;
} CcParkedRow;

/* SQL: whether a later delivery that stands answers source_row r, a list that came back from its
 * sender; and, behind a condition on r, only those that none answers. */
#define CC_ANSWERED                                                                                \
  "EXISTS (SELECT 1 FROM finding f JOIN submission n ON n.id = f.submission"                       \
  " WHERE f.source_row = r.id AND f.rule = 'intake.finding.answered' AND n.state = 'live')"
#define CC_NOT_ANSWERED " AND NOT " CC_ANSWERED
/* SQL: how many of the rows that submission s set aside wait by now. */
#define CC_STILL_PARKED                                                                            \
  "s.parked - (SELECT count (*) FROM source_row r WHERE r.submission = s.id"                       \
  " AND r.state = 'parked' AND " CC_ANSWERED ")"

GArray *cc_parked_list (CcConnection *connection, gint64 submission, GError **error);
GPtrArray      *
cc_parked_read_rows (CcConnection *connection, const gint64 *ids, guint n_ids, GError **error);
void cc_parked_row_free (CcParkedRow *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcRecordTable, cc_record_table_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcRecordQuery, cc_record_query_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcRecordList, cc_record_list_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcRecordRow, cc_record_row_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcParkedRow, cc_parked_row_free)

G_END_DECLS
