import { rowColumns } from "./row-table.ts";

export const ESTIMATE_COLUMNS = rowColumns(
  "cooldown,device,qubit,route,quantity,estimator,condition,value,sigma,sigma_stat,sigma_common,unit,status,checks,datasets",
  "value,sigma,sigma_stat,sigma_common",
);
export const FIT_COLUMNS = rowColumns(
  "dataset,source,trace,cooldown,device,qubit,kind,model,parameter,value,sigma,ci68_low,ci68_high,unit,chi2,dof,n,status,checks",
  "value,sigma,ci68_low,ci68_high,chi2,dof,n",
);
export const INDEX_COLUMNS = rowColumns(
  "file,dataset,kind,cooldown,device,qubit,trace,started,axis,conditions,rows,columns,source,excluded",
  "rows",
);

/** Whether a table with these columns is one that this project writes about measurements: estimates, fits, or the index of an export. */
export function isResultTable(names: readonly string[]): boolean {
  return [ESTIMATE_COLUMNS, FIT_COLUMNS, INDEX_COLUMNS].some((columns) => columns.map((column) => column.name).join() === names.join());
}
