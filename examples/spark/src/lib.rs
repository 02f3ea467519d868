//! The functions of `pullquote-datafusion` on Arrow arrays of Python: a column of articles in, a column of answers out.
//! Nothing is copied on the way in or out; Python can go on while a column is read.

#![forbid(unsafe_code)]

use std::collections::BTreeMap;
use std::sync::Arc;

use arrow_pyarrow::PyArrowType;
use datafusion_common::DataFusionError;
use datafusion_common::arrow::array::{Array as _, ArrayData, make_array};
use datafusion_common::arrow::datatypes::Field;
use datafusion_common::config::ConfigOptions;
use datafusion_expr::{ColumnarValue, ScalarFunctionArgs};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::{Bound, PyModule, PyModuleMethods as _, PyResult, Python, pyfunction, pymodule, wrap_pyfunction};

/// Answers the function `name` for each text of an array of strings: `call("quotes", texts)`.
#[pyfunction]
fn call(py: Python<'_>, name: &str, texts: PyArrowType<ArrayData>) -> PyResult<PyArrowType<ArrayData>> {
    py.detach(|| answer(name, texts.0))
        .map(PyArrowType)
        .map_err(|error| PyValueError::new_err(error.strip_backtrace()))
}

fn answer(name: &str, texts: ArrayData) -> Result<ArrayData, DataFusionError> {
    let functions = pullquote_datafusion::all_functions();
    let function = functions.iter().find(|function| function.name() == name).ok_or_else(|| {
        let names: Vec<_> = functions.iter().map(|function| function.name()).collect();
        DataFusionError::Plan(format!("no function `{name}`; there are {}", names.join(", ")))
    })?;
    let texts = make_array(texts);
    let rows = texts.len();
    let kind = function.return_type(&[texts.data_type().clone()])?;
    let args = ScalarFunctionArgs {
        arg_fields: vec![Arc::new(Field::new("text", texts.data_type().clone(), true))],
        args: vec![ColumnarValue::Array(texts)],
        number_rows: rows,
        return_field: Arc::new(Field::new(name, kind, true)),
        config_options: Arc::new(ConfigOptions::new()),
    };
    Ok(function.invoke_with_args(args)?.into_array(rows)?.to_data())
}

/// Answers what the functions have done in this process: `texts`, `bytes`, and `panics`, the texts that gave NULL because
/// the library panicked.
#[pyfunction]
fn metrics() -> BTreeMap<&'static str, u64> {
    let metrics = pullquote_datafusion::metrics();
    BTreeMap::from([("texts", metrics.texts), ("bytes", metrics.bytes), ("panics", metrics.panics)])
}

/// Who said what in a column of news articles.
#[pymodule]
fn pullquote_arrow(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_function(wrap_pyfunction!(call, module)?)?;
    module.add_function(wrap_pyfunction!(metrics, module)?)
}
