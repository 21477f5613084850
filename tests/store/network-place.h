/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Programs that link this can be told that all folders lie on a network drive, or on a file system
 * that nobody knows, or on one without locks: their statfs () and fcntl () go before the C
 * library's.
 */

typedef enum
{
  PLACE_AS_IT_IS,
  PLACE_NETWORK,
  PLACE_UNKNOWN,
} Place;

void place_set (Place place);

/* Where the file system has no locks: every call for one ends with this errno. 0: it has them. */
void place_forbid_locks (int problem);
