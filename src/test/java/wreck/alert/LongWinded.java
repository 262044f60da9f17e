package wreck.alert;

/** A method one line too long. */
final class LongWinded {
    String says() {
        var said = "";
        said += "0";
        said += "1";
        said += "2";
        said += "3";
        said += "4";
        said += "5";
        said += "6";
        said += "7";
        said += "8";
        said += "9";
        said += "10";
        said += "11";
        said += "12";
        said += "13";
        said += "14";
        said += "15";
        said += "16";
        said += "17";
        said += "18";
        said += "19";
        said += "20";
        return said;
    }
}
