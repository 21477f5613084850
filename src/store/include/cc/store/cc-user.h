/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cc/store/cc-case-file.h>

G_BEGIN_DECLS

/* Who works in the file, and in which function ("hat"). Both are declared when the file is
 * unlocked; the acts carry them. They are a note for colleagues and no proof: whoever knows the
 * passphrase can give any name.
 *
 * Acts and the list of names keep both as one text, the signature: "Name (Function)", the name
 * alone where no function was given, "" where nobody said. */

/* Somebody the file knows. */
typedef struct
{
  char *name;
  char *hat; /* in which this person worked last; "" for none */
} CcUser;

typedef struct
{
  GPtrArray *users; /* CcUser*, each name once, in the order of the alphabet */
  GPtrArray *hats;  /* char*: the functions that occur, in the order of the alphabet */
  char      *last;  /* (nullable): the name that signed the newest signed act */
} CcUserList;

void cc_user_list_free (CcUserList *self);

/* hat: (nullable): NULL as "". Returns: (transfer full): the signature; "" without a name. */
char *cc_user_join (const char *name, const char *hat);

/* The other way: what stands in the last pair of brackets at the end is the function, other
 * brackets inside it included; without such a pair all is the name. Joining the two again gives the
 * signature. name, hat: (out) (transfer full) (optional). */
void cc_user_split (const char *signature, char **name, char **hat);

/* Whether both can be signed with. A name has a letter or a digit, no control character and at most
 * 200 characters; so has a function, which may be "" and whose brackets match. Errors:
 * CC_ERROR_USAGE. */
gboolean cc_user_check (const char *name, const char *hat, GError **error);

/* Returns: (transfer full): who and what is known to the file; NULL with an error where it cannot
 * be read. */
CcUserList *cc_user_list (CcCaseFile *self, GError **error);

/* Signs the next acts; a name of "" leaves them unsigned. hat: (nullable). A signature that is new
 * to a file open for writing is added to it, which is an act of its own ("user"). Must not be
 * called from the main loop. Errors: those of cc_user_check (), those of acts. */
gboolean cc_user_choose (CcCaseFile   *self,
                         const char   *name,
                         const char   *hat,
                         GCancellable *cancellable,
                         GError      **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CcUserList, cc_user_list_free)

G_END_DECLS
