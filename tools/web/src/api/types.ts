/** The types of requests and answers: generated from schema/api.schema.json. */
export type * from '../../../../schema/types/api.ts'

import type { Failure, FieldInfo, MeterView, Session } from '../../../../schema/types/api.ts'

export type ApiError = Failure['error']
export type Field = FieldInfo
export type Rights = Session['rights']
export type State = MeterView['state']
export type Status = MeterView['status']
